import { Client } from 'plivo';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type PlivoDouble, startPlivoDouble } from '../../test/doubles/plivo.ts';
import { account, powerpackUuid, recipient, sendTo, signInText } from './test-account.ts';

let double: PlivoDouble;
beforeEach(async () => {
  double = await startPlivoDouble(account);
});
afterEach(() => double.close());

describe('what is sent', () => {
  test.each([
    ['from a number', {}, '14151234567', undefined],
    ['from a Powerpack', { src: '', powerpackUuid }, undefined, powerpackUuid],
  ])('is what the official client sends %s', async (_, change, src, powerpack) => {
    await sendTo(double.url, change);
    const { authId, authToken } = account;
    const client = new Client(authId, authToken, { url: `${double.url}/v1/Account/${authId}` });
    await client.messages.create(src, recipient.slice(1), signInText, { message_expiry: 600 }, powerpack);
    const [ours, theirs] = double.requests.map(({ method, path, headers, body }) => ({
      method,
      path,
      authorization: headers.authorization,
      contentType: headers['content-type'],
      parameters: JSON.parse(body),
    }));
    expect(ours).toEqual(theirs);
    expect(double.messages).toHaveLength(2);
  });

  test('comes back as the text and the id that Plivo gave', async () => {
    const result = await sendTo(double.url);
    const [message] = double.messages;
    expect(result).toEqual({ providerMessageId: message?.uuid, text: signInText });
    expect(message).toMatchObject({ src: '14151234567', dst: '14157654321', text: signInText });
  });

  test('goes to the same number, whichever way it was given', async () => {
    await sendTo(double.url, {}, { to: recipient.slice(1) });
    expect(double.messages[0]?.dst).toBe('14157654321');
  });

  test.each([
    [0, 5],
    [5.9, 5],
    [90.9, 90],
    [600, 600],
    [86_400, 10_799],
  ])('lives %d seconds as an expiry of %d', async (lifetimeSeconds, expected) => {
    await sendTo(double.url, {}, { lifetimeSeconds });
    expect(double.messages[0]?.message_expiry).toBe(expected);
  });

  test('abroad may come from a name', async () => {
    await sendTo(double.url, { src: 'Acme' }, { to: '+447700900000' });
    expect(double.messages[0]).toMatchObject({ src: 'Acme', dst: '447700900000' });
  });
});
