import { withText } from '@sesame/connector-kit/connector-test';
import { SMS, TypeEnum } from '@vonage/sms';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startVonageDouble, type VonageDouble } from '../../test/doubles/vonage.ts';
import { account, recipient, sendTo, signInText } from './test-account.ts';

let double: VonageDouble;
beforeEach(async () => {
  double = await startVonageDouble(account);
});
afterEach(() => double.close());

describe('what is sent', () => {
  test.each([
    ['in Unicode', {}, signInText, TypeEnum.UNICODE],
    ['in the basic alphabet', withText('Code €5'), 'Code €5', TypeEnum.TEXT],
  ])('is what the official client sends %s', async (_, change, text, type) => {
    await sendTo(double.url, change);
    const to = recipient.slice(1);
    await new SMS(account, { restHost: double.url }).send({ from: 'Acme', to, text, type, ttl: 600_000 });
    const [ours, theirs] = double.requests.map(({ method, path, headers, body }) => ({
      method,
      path,
      authorization: headers.authorization,
      contentType: headers['content-type'],
      accept: headers.accept,
      parameters: JSON.parse(body),
    }));
    expect(ours).toEqual(theirs);
    expect(double.messages).toHaveLength(2);
  });

  test('comes back as the text and the id that Vonage gave', async () => {
    const result = await sendTo(double.url);
    const [message] = double.messages;
    expect(result).toEqual({ providerMessageId: message?.id, text: signInText });
    expect(message).toMatchObject({ from: 'Acme', to: '447700900000', text: signInText });
  });

  test('goes to the same number, whichever way it was given', async () => {
    await sendTo(double.url, {}, { to: recipient.slice(1) });
    expect(double.messages[0]?.to).toBe('447700900000');
  });

  test('may take several SMS, of which the first gives the id', async () => {
    const result = await sendTo(double.url, withText(`{{code}}${'码'.repeat(140)}`));
    expect(result.providerMessageId).toBe(double.messages[0]?.id);
  });

  test.each([
    ['a character of the extension table', '[{{code}}] ~5 €', 'text'],
    ['a typographic quote', 'It’s {{code}}', 'unicode'],
    ['an emoji', '{{code}} 👍', 'unicode'],
  ])('with %s is sent as it has to be', async (_, content, type) => {
    const { text } = await sendTo(double.url, withText(content));
    expect(double.messages[0]).toMatchObject({ text, type });
  });

  test.each([
    [0, 20_000],
    [19.5, 20_000],
    [90.0009, 90_000],
    [600, 600_000],
    [1_000_000, 604_800_000],
  ])('lives %d seconds as %d milliseconds', async (lifetimeSeconds, expected) => {
    await sendTo(double.url, {}, { lifetimeSeconds });
    expect(double.messages[0]?.ttl).toBe(expected);
  });

  test('to North America comes from a number', async () => {
    await sendTo(double.url, { brandName: '+1 201 555 0123' }, { to: '+12025550123' });
    expect(double.messages[0]).toMatchObject({ from: '12015550123', to: '12025550123' });
  });
});
