import { Client } from 'plivo';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type PlivoDouble, startPlivoDouble } from './plivo.ts';

const account = { authId: 'MA00000000000000TEST', authToken: 'auth-token-of-the-tests' };
const messagePath = `/v1/Account/${account.authId}/Message/`;
const right = { src: '14151234567', dst: '14157654321', text: 'Code 918273' };

let double: PlivoDouble;
beforeEach(async () => {
  double = await startPlivoDouble(account);
});
afterEach(() => double.close());

async function post(
  parameters: unknown,
  { method = 'POST', path = messagePath, authToken = account.authToken, type = 'application/json' } = {},
) {
  const authorization = `Basic ${btoa(`${account.authId}:${authToken}`)}`;
  const body = method === 'GET' ? null : JSON.stringify(parameters);
  const response = await fetch(double.url + path, { method, headers: { authorization, 'content-type': type }, body });
  return response.status;
}

/** The official client reads the replies, so it tells whether they are like Plivo's. */
function officialClient(authToken = account.authToken) {
  return new Client(account.authId, authToken, { url: `${double.url}/v1/Account/${account.authId}` });
}

test('the official client reads an accepted message', async () => {
  const { message, messageUuid, apiId } = await officialClient().messages.create(right.src, right.dst, right.text);
  expect({ message, messageUuid }).toEqual({ message: 'message(s) queued', messageUuid: [double.messages[0]?.uuid] });
  expect(apiId).toMatch(/^[0-9a-f-]{36}$/);
  expect(double.messages).toMatchObject([right]);
});

test('the official client reads a refusal', async () => {
  await expect(officialClient().messages.create(right.src, '1111111<', right.text)).rejects.toMatchObject({
    status: 400,
    message: "'1111111<' is not a valid phone number.",
    apiID: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
});

test('the official client reads wrong credentials', async () => {
  await expect(officialClient('wrong').messages.create(right.src, right.dst, right.text)).rejects.toMatchObject({
    status: 401,
    message: expect.stringMatching(/\w/),
  });
});

test.each<[string, Record<string, unknown>]>([
  ['no recipient', { dst: '' }],
  ['a recipient with the plus', { dst: '+14157654321' }],
  ['several recipients', { dst: '14157654321<14157654322' }],
  ['a recipient that is a number', { dst: 14_157_654_321 }],
  ['no sender', { src: undefined }],
  ['two senders', { powerpack_uuid: 'p' }],
  ['a sender with the plus', { src: '+14151234567' }],
  ['a name that is too long', { src: 'TwelveLetter', dst: '447700900000' }],
  ['a name in North America', { src: 'Acme' }],
  ['no text', { text: '' }],
  ['a text that is too long', { text: 'x'.repeat(1601) }],
  ['a text in Unicode that is too long', { text: '码'.repeat(738) }],
  ['an expiry that is too short', { message_expiry: 4 }],
  ['an expiry that is too long', { message_expiry: 10_801 }],
  ['an expiry in halves', { message_expiry: 5.5 }],
  ['a parameter that Plivo does not have', { to: 'x' }],
])('refuses %s', async (_, change) => {
  expect(await post({ ...right, ...change })).toBe(400);
  expect(double.messages).toEqual([]);
});

test('refuses a request that is not one for a message', async () => {
  const statuses = [
    await post(right, { authToken: 'wrong' }),
    await post(right, { path: messagePath.replace('TEST', 'ELSE') }),
    await post(right, { path: messagePath.slice(0, -1) }),
    await post(right, { method: 'GET' }),
    await post(right, { type: 'application/x-www-form-urlencoded' }),
    await post(null),
  ];
  expect(statuses).toEqual([401, 404, 404, 405, 400, 400]);
  expect(double.messages).toEqual([]);
});

test('takes a Powerpack, a name abroad, the longest texts and both ends of the expiry', async () => {
  const accepted = [
    { src: undefined, powerpack_uuid: 'p' },
    { src: 'Acme', dst: '447700900000' },
    { text: 'x'.repeat(1600), message_expiry: 5 },
    { text: '码'.repeat(737), message_expiry: 10_799 },
  ];
  for (const change of accepted) expect(await post({ ...right, ...change })).toBe(202);
  expect(double.messages).toHaveLength(accepted.length);
});
