import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import root from '../../package.json' with { type: 'json' };
import kit from '../../packages/connector-kit/package.json' with { type: 'json' };
import { newConnector } from '../../packages/server/src/cli/new-connector.ts';
import { runCommand } from '../../packages/server/src/cli/run-command.ts';
import {
  type Ended,
  installOffline,
  kitPackages,
  newTemporaryFolder,
  run,
  type TemporaryFolder,
} from '../setup/offline-project.ts';
import { newPhone } from '../setup/phones.ts';
import { startTestServer } from '../setup/server.ts';

// They run npm several times, which takes long on a busy machine.

const connector = `
import { contentTemplatesGuard, type Connector, defineConnector, postToProvider, z } from '@sesame/connector-kit';
import { startProviderDouble } from '@sesame/connector-kit/provider-double';
import { contractChecks } from '@sesame/connector-kit/contract-suite';

const create = defineConnector({
  metadata: {
    id: 'tiny', target: 'tiny', platform: null, name: { en: 'Tiny' }, description: { en: 'Tiny' },
    logo: 'data:,', logoDark: null, readme: 'Tiny', formItems: [],
  },
  configGuard: z.object({ endpoint: z.url(), templates: contentTemplatesGuard }),
  async send({ to, text }, context) {
    const url: string = context.config.endpoint;
    const { status } = await postToProvider(context, { url, headers: {}, body: to + text });
    return { providerMessageId: String(status), text };
  },
});

const double = await startProviderDouble(() => ({ status: 201 }));
const templates = ['Register', 'SignIn', 'ForgotPassword', 'Generic'].map((usageType) => ({ usageType, content: '{{code}}' }));
const connector: Connector = await create({ getConfig: async () => ({ endpoint: double.url, templates }) });
const result = await connector.sendMessage({ to: '+8613800138000', type: 'SignIn', payload: { code: '123456' } });
await double.close();
console.log(result.providerMessageId, double.requests[0]?.body, typeof contractChecks);
`;

const mistakes = `
import { ConnectorError, defineConnector, z } from '@sesame/connector-kit';
new ConnectorError({ kind: 'nobody', message: 'There is no such kind' });
defineConnector({ configGuard: z.object({ key: z.string() }) });
`;

/** Stricter than the template's, and compiling to files. */
const compilerOptions = {
  target: 'es2024',
  module: 'nodenext',
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  outDir: 'built',
};

let place: TemporaryFolder;
let made: string;
let dataDir: string;
let printed: string;
beforeAll(async () => {
  place = await newTemporaryFolder();
  made = join(place.path, 'acme-text');
  dataDir = join(place.path, 'data');
  await mkdir(dataDir);
  printed = await sesame('new', 'acme-text');
});
afterAll(() => place.remove());

/** As "npx sesame connectors …" in the temporary folder, with settings of its own. @returns what it prints */
async function sesame(...words: string[]): Promise<string> {
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  const env = { ...process.env, npm_config_offline: 'true', SESAME_DATA_DIR: dataDir };
  const exitCode = await runCommand(['connectors', ...words], { env, cwd: place.path, print: write, complain: write });
  expect(exitCode, lines.join('\n')).toBe(0);
  return lines.join('\n');
}

const read = (file: string) => readFile(join(made, file), 'utf8');

test('a new connector holds all that one needs, under its own name', async () => {
  const files = ['index.js', 'README.md', 'logo.svg', 'gateway-double.js', 'index.test.js', 'package.json'];
  expect(await readdir(made)).toEqual(expect.arrayContaining([...files, '.gitignore', 'tsconfig.json', 'vendor']));
  for (const file of files) expect(await read(file)).not.toMatch(/my.gateway/i);
  expect(JSON.parse(await read('package.json'))).toMatchObject({ name: 'acme-text' });
  expect(await read('index.js')).toContain("id: 'acme-text'");
  expect(await read('README.md')).toMatch(/^# Acme text\n/);
});

test('it is as open to others as any file', async () => {
  await writeFile(join(place.path, 'any'), '');
  const modes = [join(place.path, 'any'), join(made, 'index.js')].map(async (file) => (await stat(file)).mode);
  const [any, index] = await Promise.all(modes);
  expect(index).toBe(any);
});

test('the guide to write a connector names each of its files', async () => {
  const guide = await readFile(new URL('../../docs/create-your-connector.md', import.meta.url), 'utf8');
  const files = (await readdir(made)).filter((file) => /^\w/.test(file) && file !== 'node_modules');
  for (const file of files) expect(guide).toContain(`\`${file}${file.includes('.') ? '' : '/'}\``);
});

test('says what to do next', () => {
  expect(printed).toContain('cd ./acme-text\n  npm install\n  npm test\n');
  expect(printed).toContain('npx sesame connectors add ./acme-text\n');
});

test('its versions are those of this repository', async () => {
  const { peerDependencies, devDependencies } = JSON.parse(await read('package.json'));
  expect(peerDependencies).toEqual({ [kit.name]: `^${kit.version}` });
  expect(devDependencies).toEqual({
    [kit.name]: `file:vendor/sesame-connector-kit-${kit.version}.tgz`,
    '@types/node': root.devDependencies['@types/node'],
    typescript: root.devDependencies.typescript,
  });
  expect(await readdir(join(made, 'vendor'))).toEqual([`sesame-connector-kit-${kit.version}.tgz`]);
});

test('its types and its tests, the contract suite among them, pass as generated, and catch faults', async () => {
  const installed = await installOffline(made, kitPackages);
  expect(installed.exitCode, installed.output).toBe(0);
  const tested = await run(made, 'npm', 'test');
  expect(tested.exitCode, tested.output).toBe(0);
  expect(tested.output).toContain('acme-text: sends a code for SignIn');
  const code = await read('index.js');
  const [sender, refusal] = ['from: sender', "kit.recipient('The recipient is not a phone number.')"];
  expect(code).toContain(sender);
  expect(code).toContain(refusal);
  await writeFile(join(made, 'index.js'), code.replace(sender, "from: 'Other'").replace(refusal, "kit.unclear('So.')"));
  const faulty = await run(made, process.execPath, '--test', '--test-reporter=tap');
  expect(faulty.exitCode).toBe(1);
  expect(faulty.output).toMatch(/^not ok .*sends a code for SignIn/m);
  expect(faulty.output).toMatch(/^not ok .*wrong number/m);
  expect(faulty.output).toMatch(/^ok .*too many requests/m);
  await writeFile(join(made, 'index.js'), code);
});

describe('the packed kit that it comes with', () => {
  let tiny: string;
  /** Once, as a compiler takes long to start: what has no mistakes is written all the same. */
  let compiled: Ended;
  beforeAll(async () => {
    tiny = join(made, 'tiny');
    await mkdir(tiny);
    await Promise.all([
      writeFile(join(tiny, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] })),
      writeFile(join(tiny, 'connector.ts'), connector),
      writeFile(join(tiny, 'mistakes.ts'), mistakes),
    ]);
    compiled = await run(made, 'node_modules/.bin/tsc', '--project', 'tiny');
  });
  afterAll(() => rm(tiny, { recursive: true }));

  test('lets a connector in TypeScript compile and send', async () => {
    expect(compiled.output).not.toContain('connector.ts');
    const sent = await run(tiny, process.execPath, 'built/connector.js');
    expect(sent).toEqual({ exitCode: 0, output: '201 +8613800138000123456 function\n' });
  });

  test('refuses by its types what it does not know', () => {
    const { exitCode, output } = compiled;
    expect(exitCode).not.toBe(0);
    expect(output).toContain(`mistakes.ts(3,22): error TS2322: Type '"nobody"'`);
    expect(output).toMatch(/mistakes\.ts\(4,\d+\): error/);
    expect(output).not.toContain('node_modules');
  });

  test('holds compiled files alone, and points at them', async () => {
    const { output } = await run(made, 'tar', 'tzf', `vendor/sesame-connector-kit-${kit.version}.tgz`);
    const files = output.trim().split('\n');
    expect(files).toEqual(
      expect.arrayContaining(['package/dist/index.js', 'package/dist/index.d.ts', 'package/LICENSE']),
    );
    expect(files.filter((file) => /\.test\.|src\/|(?<!\.d)\.ts$/.test(file))).toEqual([]);
  });
});

test('its gateway says where it is, and what it takes', async () => {
  const gateway = spawn(process.execPath, ['gateway-double.js'], { cwd: made });
  const [line] = await Promise.race([once(gateway.stdout, 'data'), once(gateway, 'exit')]);
  gateway.kill();
  expect(String(line)).toMatch(/^Endpoint http:\/\/127\.0\.0\.1:\d+, API key a-secret-api-key, sender Acme\n$/);
});

test('it is added by another command, and a server sends codes through it', async () => {
  const account = { apiKey: 'a-secret-api-key', sender: 'Acme' };
  const { startGatewayDouble } = await import(pathToFileURL(join(made, 'gateway-double.js')).href);
  const gateway = await startGatewayDouble({ apiKey: account.apiKey, senders: [account.sender] });
  onTestFinished(() => gateway.close());

  expect(await sesame('add', './acme-text')).toContain('Added acme-text 0.1.0: Acme text (acme-text)');
  // As in a registry: what npm packs of it.
  const packed = await readdir(join(dataDir, 'connectors/node_modules/acme-text'));
  expect(packed.sort()).toEqual(['README.md', 'index.js', 'logo.svg', 'package.json']);
  const server = await startTestServer({ dataDir });
  onTestFinished(() => server.close());
  const { management } = server;
  const { body: factory } = await management.get('/connector-factories/acme-text');
  expect(factory).toMatchObject({ id: 'acme-text', name: { en: 'Acme text' } });
  expect(factory.readme).toBe(await read('README.md'));
  const { defaultValue: templates } = factory.formItems.find(({ key }: { key: string }) => key === 'templates');
  const config = { ...account, endpoint: gateway.url, templates };
  const setUp = await management.post('/connectors', { connectorId: 'acme-text', config });
  expect(setUp, setUp.text).toMatchObject({ status: 200, body: { config: { apiKey: '••••-key' } } });

  const phone = newPhone();
  expect(await management.post('/verification-codes', { phone })).toMatchObject({ status: 204 });
  const sent = JSON.parse(gateway.requests[0]?.body ?? '');
  expect(sent).toMatchObject({ from: 'Acme', to: phone });
  const verificationCode = /\d{6}/.exec(sent.text)?.[0];
  expect(await management.post('/verification-codes/verify', { phone, verificationCode })).toMatchObject({
    status: 204,
  });
});

test('it becomes TypeScript as the guide says', async () => {
  const typed = join(place.path, 'typed');
  await cp(made, typed, { recursive: true });
  await rename(join(typed, 'index.js'), join(typed, 'index.ts'));
  const change = async (file: string, pattern: RegExp | string, by: string) => {
    const text = await readFile(join(typed, file), 'utf8');
    expect(text).toMatch(pattern);
    await writeFile(join(typed, file), text.replace(pattern, by));
  };
  await change('index.test.js', './index.js', './index.ts');
  expect(await run(typed, 'npm', 'test')).toMatchObject({ exitCode: 0 });
});

test('touches nothing where the folder exists', async () => {
  await mkdir(join(place.path, 'taken'));
  await expect(newConnector({ name: 'taken', folder: place.path, print: () => {} })).rejects.toThrow(/taken exists/);
  expect(await readdir(join(place.path, 'taken'))).toEqual([]);
});

test.each(['', '.', 'My-Gateway', 'my_gateway', '@acme/sms!', '-sms', 'a--b', '4sms', 'sms.', 'fs', 'x'.repeat(101)])(
  'refuses %j as a name and makes nothing',
  async (name) => {
    const before = await readdir(place.path);
    await expect(newConnector({ name, folder: place.path, print: () => {} })).rejects.toThrow(/name of a/);
    expect(await readdir(place.path)).toEqual(before);
  },
);
