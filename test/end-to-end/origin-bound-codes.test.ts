import { type ParsedPhone, parsePhone } from '@sesame/connector-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recipientOfPhone } from '../../packages/server/src/messaging/recipient.ts';
import { startTwilioDouble } from '../doubles/twilio.ts';
import { beginExperience, newServerRelier } from '../setup/experience-client.ts';
import type { Relier } from '../setup/oidc-flow.ts';
import { newPhone } from '../setup/phones.ts';
import { newServer, type TestServer } from '../setup/server.ts';

const credentials = { accountSID: 'AC00000000000000000000000000000001', authToken: 'auth-token-of-the-twilio-double' };

let server: TestServer;
let relier: Relier;
let twilio: Awaited<ReturnType<typeof startTwilioDouble>>;
beforeAll(async () => {
  [server, twilio] = await Promise.all([
    newServer('SQLite', { env: { SESAME_PUBLIC_URL: 'https://id.example.com' } }).then((started) => ({
      ...started,
      publicUrl: 'https://id.example.com',
    })),
    startTwilioDouble(credentials),
  ]);
  const templates = ['Register', 'SignIn', 'ForgotPassword', 'Generic'].map((usageType) => ({
    usageType,
    content: `${usageType}: {{code}}`,
  }));
  const config = { ...credentials, from: '+15005550006', endpoint: twilio.url, templates };
  await server.services.connectors.setUp('twilio-short-message-service', config);
  relier = await newServerRelier(server);
});
afterAll(() => Promise.all([server.close(), twilio.close()]));

async function textOfSignIn(): Promise<string> {
  const phone = newPhone();
  const client = await beginExperience(server, relier);
  const identifier = { type: 'phone', value: phone };
  const { status } = await client.call('POST', '/verification/verification-code', {
    interactionEvent: 'SignIn',
    identifier,
  });
  expect(status).toBe(200);
  return twilio.messages.findLast(({ to }) => to === phone)?.body ?? '';
}

test('where the public URL is https, the message ties its code to the host', async () => {
  expect(await textOfSignIn()).toMatch(/^SignIn: (\d{6})\n\n@id\.example\.com #\1$/);
});

test('a switch of the sign-in experience leaves it out', async () => {
  await server.services.experience.change({ originBoundCodes: false });
  expect(await textOfSignIn()).toMatch(/^SignIn: \d{6}$/);
});

test('messages of back ends are left as they are: their pages are elsewhere', async () => {
  await server.services.experience.change({ originBoundCodes: true });
  const phone = newPhone();
  const { verification } = server.services;
  const recipient = recipientOfPhone(parsePhone(phone) as ParsedPhone);
  await verification.start({ recipient, usageType: 'Generic', flow: 'management' });
  expect(twilio.messages.findLast(({ to }) => to === phone)?.body).toMatch(/^Generic: \d{6}$/);
});
