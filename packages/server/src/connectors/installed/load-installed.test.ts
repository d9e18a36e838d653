import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  goodMetadata,
  moduleOf,
  writeConnector,
  writePackage,
} from '../../../../../test/end-to-end/installed-connectors-fixture.ts';
import { installedFolder } from '../../../../../test/setup/installed.ts';
import type { ThreadLimits } from './connector-thread.ts';
import { loadInstalled } from './load-installed.ts';

const installed = installedFolder();
const { load } = installed;
let folder: string;
beforeEach(() => {
  folder = installed.folder;
});
const good = goodMetadata('good');
const withMetadata = (changes: object) => moduleOf({ ...good, ...changes });

test('loads a connector of every kind of module', async () => {
  await writeConnector(folder, 'plain');
  const typed = `import { type CreateConnector, defineConnector, z } from '@sesame/connector-kit';
    const metadata = ${JSON.stringify(goodMetadata('typed'))};
    const create: CreateConnector = defineConnector({ metadata, configGuard: z.object({}), async send() { return {}; } });
    export default create;`;
  await writePackage(folder, 'typed', { manifest: { main: './src/index.ts' }, files: { 'src/index.ts': typed } });
  const common = `exports.default = ${moduleOf(goodMetadata('common')).replace('export default', '')}`.replace(
    /exports\.default = \s*const metadata = (.*);\n/,
    'const metadata = $1;\nexports.default = ',
  );
  await writePackage(folder, '@scope/common', {
    manifest: { type: 'commonjs', main: undefined, exports: { '.': { types: './x.d.ts', require: './index.cjs' } } },
    files: { 'index.cjs': common },
  });
  // As npm installs it, where Node itself strips no types.
  await writeFile(join(folder, 'package.json'), JSON.stringify({ dependencies: { below: '1.0.0' } }));
  await writePackage(join(folder, 'node_modules'), 'below', {
    manifest: { main: './index.ts' },
    files: { 'index.ts': `const kept: number = 1; ${moduleOf(goodMetadata('below'))}` },
  });
  const { connectors, problems } = await load();
  expect(problems).toEqual([]);
  expect(connectors.map(({ factory }) => factory.metadata.id)).toEqual(['below', 'common', 'plain', 'typed']);
  expect(connectors[2]?.factory).toMatchObject({
    type: 'Sms',
    origin: { origin: 'installed', package: { name: 'plain', version: '1.0.0' } },
    metadata: { logo: expect.stringMatching(/^data:image\/svg\+xml;base64,/), readme: '# plain\n' },
  });
});

/** What metadata alone decide is asked without a thread, in `metadata.test.ts`. */
const faults: Record<string, [module: string, reason: RegExp]> = {
  'syntax-error': ['export default {', /^It failed while it was loaded: SyntaxError/],
  'top-level-throw': ['throw new Error("no\\nluck")', /^It failed while it was loaded: Error: no luck$/],
  'throws-no-error': ['throw null', /^It failed while it was loaded: Error$/],
  'missing-import': [
    'import "not-there"; export default 1',
    /^It failed while it was loaded: Error: Cannot find package/,
  ],
  'ends-the-process': ['process.exit(0)', /^The connector ended its own thread while it was loaded/],
  'takes-all-memory': [
    'const all = []; while (true) all.push(new Array(4e6).fill(0.5))',
    /^The connector took too much memory/,
  ],
  'no-export': ['export const connector = {}', /no function as default export/],
  'factory-throws': [
    'export default async () => { throw new TypeError("no") }',
    /^It failed while it was loaded: TypeError: no$/,
  ],
  'gives-nothing': ['export default async () => null', /^What its module makes is no connector\.$/],
  'of-social': [
    moduleOf(good).replace("'Sms'", "'Social'"),
    /^It is a connector for Social; Sesame takes connectors of type Sms and Email\.$/,
  ],
  'no-send': [moduleOf(good).replace('async sendMessage', 'async send'), /^It has no sendMessage\.$/],
  'no-guard': [moduleOf(good).replace('configGuard', 'guard'), /^It has no configGuard\.$/],
  'no-metadata': [moduleOf(null), /^Its metadata is not valid/],
  'getter-throws': [
    moduleOf(good).replace('  metadata,', '  get metadata() { throw new Error("mine") },'),
    /^It failed while it was loaded: Error: mine$/,
  ],
  'circular-metadata': [
    moduleOf(good).replace('export', 'metadata.self = metadata; export'),
    /^It failed while it was loaded: TypeError/,
  ],
  'huge-metadata': [
    moduleOf(good).replace('export', 'metadata.readme = "x".repeat(1e6); export'),
    /^Its metadata is larger than 512 kB\.$/,
  ],
  'bad-id': [withMetadata({ id: '../etc' }), /^Its metadata is not valid: id /],
  'logo-outside': [withMetadata({ logo: '../../../../../../../../etc/hostname.svg' }), /^Its logo .* is not there\.$/],
};

test('says of each connector that cannot be used why, and loads the others', async () => {
  for (const [name, [module]] of Object.entries(faults)) await writeConnector(folder, name, { module });
  await writeConnector(folder, 'zz-good');
  const { connectors, problems } = await load();
  expect(connectors.map(({ from }) => from.name)).toEqual(['zz-good']);
  const reasons = Object.fromEntries(problems.map((problem) => [problem.package, problem.reason]));
  for (const [name, [, reason]] of Object.entries(faults)) expect(reasons[name], name).toMatch(reason);
  expect(problems).toHaveLength(Object.keys(faults).length);
});

test.each<[string, string, Partial<ThreadLimits>, RegExp]>([
  [
    'hangs at the top',
    'await new Promise((resolve) => setTimeout(resolve, 1e9))',
    { load: 500 },
    /^The connector did not answer within 0.5 s/,
  ],
  [
    'hangs in its factory',
    'export default () => new Promise(() => setInterval(() => {}, 1e6))',
    { load: 500 },
    /^The connector did not answer within 0.5 s/,
  ],
  // What is deaf for longer than a thread may be later is not given up for that.
  [
    'loops without end',
    'while (true);',
    { load: 500, deaf: 20 },
    /^The connector did not answer within 0.5 s while it was loaded/,
  ],
])('gives up a connector that %s', async (_, module, limits, reason) => {
  await writeConnector(folder, 'endless', { module });
  const { problems } = await load({ limits });
  expect(problems).toMatchObject([{ package: 'endless', reason: expect.stringMatching(reason) }]);
});

test('says of each folder that is no package why', async () => {
  await mkdir(join(folder, 'empty'));
  await mkdir(join(folder, '.hidden'));
  await writeFile(join(folder, 'a-file.js'), 'x');
  await writePackage(folder, 'bad-json', { manifest: '{' });
  await writePackage(folder, 'no-name', { manifest: '{}' });
  await writePackage(folder, 'no-module', { manifest: { main: './lib/index.js' } });
  await writePackage(folder, 'module-outside', { manifest: { exports: '../empty-module.js' } });
  await writeFile(join(folder, 'empty-module.js'), '');
  const { problems } = await load();
  expect(problems.map((problem) => `${problem.package}: ${problem.reason}`)).toEqual([
    'bad-json: Its package.json is not a JSON object.',
    'empty: It has no package.json.',
    'module-outside: Its module ../empty-module.js is outside of its folder.',
    'no-module: Its module ./lib/index.js is not there.',
    'no-name: Its package.json has no name.',
  ]);
});

test('of two with the same id the first counts, and reserved ids stay with Sesame', async () => {
  for (const name of ['one', 'two']) await writeConnector(folder, name, { module: moduleOf(good) });
  await writeConnector(folder, 'inbox', { module: withMetadata({ id: 'development-inbox' }) });
  const { connectors, problems } = await load({ reservedIds: ['development-inbox'] });
  expect(connectors.map(({ from }) => from.name)).toEqual(['one']);
  expect(problems).toMatchObject([
    {
      package: 'inbox',
      connectorId: 'development-inbox',
      reason: 'Its id development-inbox belongs to Sesame itself.',
    },
    { package: 'two', version: '1.0.0', connectorId: 'good', reason: 'Its id good is that of one.' },
  ]);
});

test('a folder that cannot be read is a problem of its own', async () => {
  const file = join(folder, 'a-file');
  await writeFile(file, '');
  const missing = join(folder, 'not-there');
  const folders = [file, missing].map((path) => ({ folder: path, location: 'connectors-folder' as const }));
  const loaded = await loadInstalled({ folders: [...folders, { folder: missing, location: 'data-folder' }] });
  expect(loaded.problems).toMatchObject([
    { package: file, reason: expect.stringContaining('(ENOTDIR)') },
    { package: missing, reason: 'There is no such folder; SESAME_CONNECTORS_DIR names it.' },
  ]);
});

describe('a connector that was set up', () => {
  const send = `
    if (config.behaviour === 'hang') await new Promise((resolve) => setTimeout(resolve, 1e9));
    if (config.behaviour === 'loop') while (true);
    if (config.behaviour.startsWith('http')) await (await fetch(config.behaviour)).text();
    return { providerMessageId: 'sent' };`;
  const guard = 'safeParse: (data) => { while (data.behaviour === "loop in guard"); return { success: true, data }; }';
  const module = moduleOf(good, send).replace('safeParse: (data) => ({ success: true, data })', guard);
  const message = { to: '+8613800138000', type: 'SignIn', payload: { code: '123456' } };
  const unclear = (words: string) => ({ data: { kind: 'unclear', message: expect.stringContaining(words) } });

  async function setUp(limits: Partial<ThreadLimits>) {
    await writeConnector(folder, 'good', { module });
    const { connectors } = await load({ limits });
    const factory = connectors[0]?.factory as NonNullable<(typeof connectors)[0]>['factory'];
    const sends = (behaviour: string) => factory.sendMessage(message, { behaviour });
    // A machine that is busy may take longer than the limits of a test to start a thread, and gets another try.
    const isWell = () =>
      expect.poll(() => sends('ok').catch(String), { interval: 0 }).toEqual({ providerMessageId: 'sent' });
    return { factory, sends, isWell };
  }

  test('gives up a send that hangs, which costs the others nothing', async () => {
    const { sends, isWell } = await setUp({ send: 1_000 });
    const hanging = expect(sends('hang')).rejects.toMatchObject(unclear('did not answer within 1 s'));
    await isWell();
    await hanging;
    await isWell();
  });

  test('sends again after it was deaf in a send or in a check', async () => {
    const { factory, sends, isWell } = await setUp({ deaf: 500 });
    await expect(sends('loop')).rejects.toMatchObject(unclear('did not react for 0.5 s'));
    await isWell();
    await expect(factory.checkConfig({ behaviour: 'loop in guard' })).rejects.toMatchObject({
      code: 'invalid_config',
      data: { issues: [{ path: '', message: expect.stringContaining('while it checked the configuration') }] },
    });
    await isWell();
    await expect.poll(() => factory.checkConfig({ behaviour: 'ok' }).then(() => 'ok', String)).toBe('ok');
  });

  test('is stopped when it reads a reply without end, however long that takes', async () => {
    const endless = createServer((_, response) => {
      const chunk = Buffer.alloc(1024 * 1024, 'x');
      const write = () => !response.destroyed && response.write(chunk, () => setImmediate(write));
      write();
    });
    await new Promise<void>((resolve) => endless.listen(0, '127.0.0.1', resolve));
    const { port } = endless.address() as AddressInfo;
    const { sends, isWell } = await setUp({});
    await expect(sends(`http://127.0.0.1:${port}/`)).rejects.toMatchObject(unclear('too much memory'));
    await isWell();
    endless.closeAllConnections();
    endless.close();
  });
});

test('a connector that asks for its configuration gets the one that comes with the message', async () => {
  const send = 'await null; return { providerMessageId: (await getConfig(metadata.id)).behaviour };';
  await writeConnector(folder, 'good', { send });
  const { connectors } = await load();
  const message = { to: '+8613800138000', type: 'SignIn', payload: {} };
  const sent = ['one', 'two'].map((behaviour) => connectors[0]?.factory.sendMessage(message, { behaviour }));
  expect(await Promise.all(sent)).toEqual([{ providerMessageId: 'one' }, { providerMessageId: 'two' }]);
});

test('a connector that asks for the template of a mail gets the one that comes with the message', async () => {
  const module = moduleOf(
    good,
    'return { text: JSON.stringify((await getI18nEmailTemplate(data.type, "de")) ?? null) };',
  )
    .replace("'Sms'", "'Email'")
    .replace('{ getConfig }', '{ getConfig, getI18nEmailTemplate }');
  const manifest = { dependencies: { '@logto/connector-kit': '^5.1.0' } };
  await writePackage(folder, 'good', { manifest, files: { 'index.js': module } });
  const { connectors } = await load();
  const message = { to: 'jo@example.com', type: 'SignIn', payload: { code: '123456' } };
  const details = { subject: 'Code', content: '<p>{{code}}</p>', contentType: 'text/html' as const };
  const template = { usageType: 'SignIn', locale: 'de', ...details };
  const sent = [{ template }, {}].map((own) => connectors[0]?.factory.sendMessage({ ...message, ...own }, {}));
  const texts = (await Promise.all(sent)).map((result) => JSON.parse(result?.text ?? ''));
  expect(texts).toEqual([details, null]);
});

test.each([
  [
    'logto',
    { '@logto/connector-kit': '^5.1.0' },
    { to: '8613800138000', type: 'Generic', payload: 'code,application,locale' },
  ],
  ['sesame', {}, { to: '+8613800138000', type: 'Other', payload: 'application,code,locale' }],
])('a connector for %s is called as it expects', async (dialect, dependencies, expected) => {
  const send = `return { text: JSON.stringify({ ...data, payload: Object.keys(data.payload).join() }) };`;
  const module = moduleOf(good, send);
  await writePackage(folder, 'good', { manifest: { dependencies }, files: { 'index.js': module } });
  const { connectors } = await load();
  expect(connectors[0]?.from.dialect).toBe(dialect);
  const payload = { application: { name: 'Acme' }, code: '123456', locale: 'en' };
  const message = { to: '+8613800138000', type: 'Other', payload, messageId: 'm', lifetimeSeconds: 600 };
  const templates = [{ usageType: 'Generic', content: '{{code}}' }];
  const { text = '' } = (await connectors[0]?.factory.sendMessage(message, { templates })) ?? {};
  expect(JSON.parse(text)).toMatchObject(expected);
});
