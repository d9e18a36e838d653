import http, { type RequestOptions } from 'node:http';
import https from 'node:https';
import { failureOf } from '@sesame/connector-kit/connector-test';
import { initClient } from 'messagebird';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type MessageBirdDouble, startMessageBirdDouble } from '../../test/doubles/messagebird.ts';
import { account, recipient, sendTo, signInText } from './test-account.ts';

let double: MessageBirdDouble;
beforeEach(async () => {
  double = await startMessageBirdDouble(account);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await double.close();
});

/** The official client knows one host and TLS only, so its requests are led to the double below it. */
function leadOfficialClientToDouble(): void {
  const { hostname, port } = new URL(double.url);
  vi.spyOn(https, 'request').mockImplementation(((options: RequestOptions) => {
    expect(options.hostname).toBe('rest.messagebird.com');
    return http.request({ ...options, hostname, port });
  }) as typeof https.request);
}

describe('what is sent', () => {
  test('is what the official client sends', async () => {
    const { providerMessageId } = await sendTo(double.url);
    leadOfficialClientToDouble();
    const accepted = await new Promise((resolve, reject) =>
      initClient(account.accessKey).messages.create(
        {
          originator: 'Sesame',
          recipients: ['31612345678'],
          body: signInText,
          datacoding: 'auto',
          validity: 600,
          reference: 'message-1',
        },
        (error, message) => (error ? reject(error) : resolve(message)),
      ),
    );
    const [ours, theirs] = double.requests.map(({ method, path, headers, body }) => ({
      method,
      path,
      authorization: headers.authorization,
      contentType: headers['content-type'],
      parameters: JSON.parse(body),
    }));
    expect(ours).toEqual(theirs);
    expect([providerMessageId, (accepted as { id: string }).id]).toEqual(double.messages.map(({ id }) => id));
  });

  test('comes back as the text and the id that MessageBird gave', async () => {
    const result = await sendTo(double.url);
    expect(result).toEqual({ providerMessageId: double.messages[0]?.id, text: signInText });
    expect(double.messages).toMatchObject([
      {
        recipient: recipient.slice(1),
        originator: 'Sesame',
        body: signInText,
        datacoding: 'auto',
        validity: 600,
        reference: 'message-1',
      },
    ]);
    expect(double.requests[0]?.headers.accept).toBe('application/json');
  });

  test('goes below the path of the endpoint', async () => {
    const error = await failureOf(sendTo(`${double.url}/proxy`));
    expect(error.data).toMatchObject({ providerCode: '98', issues: [{ path: 'endpoint' }] });
    expect(double.requests[0]?.path).toBe('/proxy/messages');
  });

  test('goes to a number whichever way it was given', async () => {
    await sendTo(double.url, {}, { to: '31612345678' });
    expect(double.messages[0]?.recipient).toBe('31612345678');
  });

  test.each([
    [0, 1],
    [0.5, 1],
    [90.9, 90],
    [600, 600],
  ])('lives %d seconds as a validity of %d', async (lifetimeSeconds, expected) => {
    await sendTo(double.url, {}, { lifetimeSeconds });
    expect(double.messages[0]?.validity).toBe(expected);
  });
});
