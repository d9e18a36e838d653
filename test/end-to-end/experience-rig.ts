import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { beginExperience, type ExperienceClient, newServerRelier } from '../setup/experience-client.ts';
import type { Relier } from '../setup/oidc-flow.ts';
import { newPhone } from '../setup/phones.ts';
import { newServer, type TestServer } from '../setup/server.ts';
import type { Database } from '../setup/stores.ts';
import { type Provider, startTwilio } from './providers.ts';

/** What a flow is for. */
export type Event = 'SignIn' | 'Register' | 'ForgotPassword';

/** A server whose messages go to a double of Twilio, an application, and a number that is new in every test. */
export type ExperienceRig = { server: TestServer; twilio: Provider; relier: Relier; phone: string };

/** A refusal, as far as a test looks at it. */
export const refused = (status: number, code: string) => ({ status, body: { code } });

/** A number or an address, as the API takes it. */
export const named = (value: string) => ({ type: value.includes('@') ? 'email' : 'phone', value });

/** Asks for a code. */
export const send = (client: ExperienceClient, interactionEvent: Event, to: string) =>
  client.call('POST', '/verification/verification-code', { interactionEvent, identifier: named(to) });

/** Answers with a code. */
export const verify = (client: ExperienceClient, to: string, verificationId: string, code: string) =>
  client.call('POST', '/verification/verification-code/verify', { identifier: named(to), verificationId, code });

/** Begins the flow anew. */
export const restart = (client: ExperienceClient, interactionEvent: Event) =>
  client.call('PUT', '', { interactionEvent });

/** Makes the flow one for something else. */
export const change = (client: ExperienceClient, interactionEvent: Event) =>
  client.call('PUT', '/interaction-event', { interactionEvent });

/** Says who it is, by what was proven. */
export const identify = (client: ExperienceClient, verificationId?: string) =>
  client.call('POST', '/identification', { verificationId });

/** Ends the flow. */
export const submit = (client: ExperienceClient) => client.call('POST', '/submit');

/** Starts one for the tests of a `describe`, in which this is called. */
export function useExperience(database: Database) {
  const rig = {} as ExperienceRig;
  beforeAll(async () => {
    [rig.server, rig.twilio] = await Promise.all([newServer(database), startTwilio()]);
    const { factoryId: connectorId, config } = rig.twilio;
    await rig.server.management.post('/connectors', { connectorId, config });
    rig.relier = await newServerRelier(rig.server);
  });
  afterAll(() => Promise.all([rig.server.close(), rig.twilio.double.close()]));
  beforeEach(() => {
    rig.phone = newPhone();
  });

  /** Asks for a code, and waits until it has arrived: where a password was forgotten, the answer does not wait. */
  async function pendingCode(client: ExperienceClient, event: Event = 'SignIn') {
    const countOf = () => rig.twilio.accepted().filter(({ to }) => to === rig.phone).length;
    const before = countOf();
    const { body } = await send(client, event, rig.phone);
    await expect.poll(countOf).toBe(before + 1);
    return { id: body.verificationId as string, code: rig.twilio.codeTo(rig.phone) };
  }

  return Object.assign(rig, {
    begin: () => beginExperience(rig.server, rig.relier),
    /** What was recorded of messages to the number of the test, newest first. */
    messages: async () => (await rig.server.management.get(`/messages?phone=${encodeURIComponent(rig.phone)}`)).body,
    /** Somebody with the number of the test. */
    newUser: () => rig.server.services.users.create({ primaryPhone: rig.phone }),
    pendingCode,
    /** Proves to have the number of the test. @returns the id of the verification */
    async prove(client: ExperienceClient, event: Event = 'SignIn'): Promise<string> {
      const { id, code } = await pendingCode(client, event);
      expect(await verify(client, rig.phone, id, code)).toMatchObject({ status: 200 });
      return id;
    },
  });
}
