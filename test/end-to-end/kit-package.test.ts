import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packKit } from '../../packages/connector-kit/scripts/pack.mjs';
import {
  type Ended,
  installOffline,
  kitPackages,
  newTemporaryFolder,
  run,
  type TemporaryFolder,
} from '../setup/offline-project.ts';

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

const compilerOptions = {
  target: 'es2024',
  module: 'nodenext',
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  outDir: 'built',
};

let project: TemporaryFolder;
let installed: Ended;
/** Once, as a compiler takes long to start: what has no mistakes is written all the same. */
let compiled: Ended;
beforeAll(async () => {
  project = await newTemporaryFolder();
  const tarball = await packKit(join(project.path, 'vendor'));
  const manifest = { name: 'tiny', type: 'module', dependencies: { '@sesame/connector-kit': `file:${tarball}` } };
  await Promise.all([
    writeFile(join(project.path, 'package.json'), JSON.stringify(manifest)),
    writeFile(join(project.path, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] })),
    writeFile(join(project.path, 'connector.ts'), connector),
    writeFile(join(project.path, 'mistakes.ts'), mistakes),
  ]);
  installed = await installOffline(project.path, kitPackages);
  compiled = await run(project.path, 'node_modules/.bin/tsc');
});
afterAll(() => project.remove());

test('the packed kit installs in an empty project, and a connector there compiles and sends', async () => {
  expect(installed.exitCode, installed.output).toBe(0);
  expect(compiled.output).not.toContain('connector.ts');
  const sent = await run(project.path, process.execPath, 'built/connector.js');
  expect(sent).toEqual({ exitCode: 0, output: '201 +8613800138000123456 function\n' });
});

test('its types refuse what the kit does not know', async () => {
  const { exitCode, output } = compiled;
  expect(exitCode).not.toBe(0);
  expect(output).toContain(`mistakes.ts(3,22): error TS2322: Type '"nobody"'`);
  expect(output).toMatch(/mistakes\.ts\(4,\d+\): error/);
  expect(output).not.toContain('node_modules');
});

test('the package holds compiled files alone, and points at them', async () => {
  const { output } = await run(project.path, 'tar', 'tzf', 'vendor/sesame-connector-kit-0.1.0.tgz');
  const files = output.trim().split('\n');
  expect(files).toEqual(
    expect.arrayContaining(['package/dist/index.js', 'package/dist/index.d.ts', 'package/LICENSE']),
  );
  expect(files.filter((file) => /\.test\.|src\/|(?<!\.d)\.ts$/.test(file))).toEqual([]);
});
