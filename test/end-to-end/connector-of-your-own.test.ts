import { mkdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ProviderDouble } from '@sesame/connector-kit/provider-double';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../../packages/server/src/cli/run-command.ts';
import { newTemporaryFolder, type TemporaryFolder } from '../setup/offline-project.ts';
import { newPhone } from '../setup/phones.ts';
import { startTestServer, type TestServer } from '../setup/server.ts';

// They run npm several times, which takes long on a busy machine.

/** In the place of what `npm install` brings. */
const ourPackages = fileURLToPath(new URL('../../node_modules', import.meta.url));

const account = { apiKey: 'a-secret-api-key', sender: 'Acme' };

let place: TemporaryFolder;
let dataDir: string;
/** Where the commands run. */
let elsewhere: string;
let gateway: ProviderDouble;
let server: TestServer | undefined;
beforeAll(async () => {
  place = await newTemporaryFolder();
  dataDir = join(place.path, 'data');
  elsewhere = join(place.path, 'elsewhere');
  await Promise.all([mkdir(dataDir), mkdir(elsewhere)]);
});
afterAll(async () => {
  await server?.close();
  await gateway?.close();
  await place.remove();
});

/** As "npx sesame connectors …" in the temporary folder, with settings of its own. */
async function sesame(...words: string[]): Promise<string> {
  const printed: string[] = [];
  const write = (line: string) => void printed.push(line);
  const env = { ...process.env, npm_config_offline: 'true', SESAME_DATA_DIR: dataDir };
  const exitCode = await runCommand(['connectors', ...words], { env, cwd: elsewhere, print: write, complain: write });
  expect(exitCode, printed.join('\n')).toBe(0);
  return printed.join('\n');
}

test('a connector that one command made and another installed sends codes', async () => {
  const made = await sesame('new', '../gateways/my-gateway');
  expect(made).toContain('npx sesame connectors add ../gateways/my-gateway\n');
  const folder = join(place.path, 'gateways/my-gateway');
  await symlink(ourPackages, join(folder, 'node_modules'));
  const { startGatewayDouble } = await import(pathToFileURL(join(folder, 'gateway-double.js')).href);
  gateway = await startGatewayDouble({ apiKey: account.apiKey, senders: [account.sender] });

  expect(await sesame('add', '../gateways/my-gateway')).toContain('Added my-gateway 0.1.0: My gateway (my-gateway)');
  server = await startTestServer({ dataDir });
  const { management } = server;
  const { body: factory } = await management.get('/connector-factories/my-gateway');
  expect(factory).toMatchObject({ id: 'my-gateway', name: { en: 'My gateway' } });
  expect(factory.readme).toBe(await readFile(join(folder, 'README.md'), 'utf8'));
  const { defaultValue: templates } = factory.formItems.find(({ key }: { key: string }) => key === 'templates');
  const config = { ...account, endpoint: gateway.url, templates };
  const setUp = await management.post('/connectors', { connectorId: 'my-gateway', config });
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
