import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHttpEndpoint } from '../../test/doubles/http-endpoint.ts';
import createHttpSms from './index.ts';
import { reports } from './reports.ts';

const guide = await readFile(new URL('./README.md', import.meta.url), 'utf8');
const blocks = (language: string) =>
  [...guide.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map((match) => match[1] ?? '');

let folder: string;
let example: ChildProcess;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sesame-http-sms-'));
  const file = join(folder, 'sms-endpoint.mjs');
  await writeFile(file, blocks('js')[0] ?? '');
  const env = { ...process.env, AUTHORIZATION: 'Bearer example', PORT: '0' };
  example = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: example.stdout as NonNullable<typeof example.stdout> }), 'line');
  url = `http://127.0.0.1:${/port (\d+)/.exec(line)?.[1]}`;
});
afterAll(async () => {
  example.kill();
  await rm(folder, { recursive: true, force: true });
});

async function send(to: string, authorization = 'Bearer example') {
  const connector = await createHttpSms({ getConfig: async () => ({ endpoint: url, authorization }) });
  return connector.sendMessage({ to, type: 'Generic', payload: { code: '135790' }, messageId: 'one' });
}

test('the example of the guide accepts what this connector sends', async () => {
  expect(await send('+8613800138000')).toMatchObject({ providerMessageId: expect.stringMatching(/^demo-14-/) });
});

test('the example refuses a wrong secret, and says when a number is at fault', async () => {
  await expect(send('+8613800138000', 'Bearer wrong')).rejects.toMatchObject({ data: { kind: 'configuration' } });
  await expect(send('+12025550123')).rejects.toMatchObject({ data: { kind: 'recipient', status: 422 } });
});

test('the request in the guide is the one that is sent', async () => {
  const documented = JSON.parse(blocks('json')[0] ?? '');
  const endpoint = await startHttpEndpoint();
  const connector = await createHttpSms({ getConfig: async () => ({ endpoint: endpoint.url }) });
  const { recipient, type, payload, messageId, expiresInSeconds: lifetimeSeconds, reportUrl } = documented;
  await connector.sendMessage({ to: recipient, type, payload, messageId, lifetimeSeconds, reportUrl });
  expect(endpoint.accepted).toEqual([documented]);
  await endpoint.close();
});

test('a report that is sent as the guide shows is taken', async () => {
  const [reportKey, reportUrl] = ['a key', 'https://sign-in.example.com/callbacks/c1/secret?m=msg_1'];
  const requests: { url: string; headers: Record<string, string>; body: string }[] = [];
  const fetch = async (url: string, given: { headers: Record<string, string>; body: string }) =>
    requests.push({ url, ...given });
  const AsyncFunction = (async () => {}).constructor as new (...source: string[]) => (...given: unknown[]) => unknown;
  const example = new AsyncFunction('createHmac', 'reportKey', 'reportUrl', 'fetch', blocks('js')[1] ?? '');
  await example(createHmac, reportKey, reportUrl, fetch);
  const [{ url: calledUrl = '', headers = {}, body = '' } = {}] = requests;
  const request = { method: 'POST', urls: [calledUrl], headers, body: Buffer.from(body) };
  expect(reports.read(request, { config: { reportKey }, now: Date.now })).toMatchObject({
    reports: [{ state: 'delivered' }],
  });
  const shown = JSON.parse(blocks('json').find((json) => json.includes('"state"')) ?? '');
  const asked = { ...request, body: Buffer.from(JSON.stringify(shown)) };
  expect(reports.read(asked, { config: {}, now: Date.now })).toMatchObject({ reports: [{ parts: 1 }] });
});
