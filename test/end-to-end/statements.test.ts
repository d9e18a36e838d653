import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { heldTables } from '../../packages/server/src/store/held-tables.ts';
import { beginExperience, type ExperienceReply, newServerRelier } from '../setup/experience-client.ts';
import { newPhone } from '../setup/phones.ts';
import { newServer, type TestServer } from '../setup/server.ts';
import { listenToStatements, startIsOver } from '../setup/statements.ts';
import { databases } from '../setup/stores.ts';

/** What it reads for itself; that an application is still the same one is looked up with its tokens. */
const own = (text: string) => text.replace(/exists \(select 1 from applications [^)]*\)/g, '');
const readsHeld = new RegExp(`\\b(?:from|join) "?(?:held_stamps|${heldTables.join('|')})\\b`);

describe.each(databases)('on %s', (database) => {
  let server: TestServer;
  // On a clock that stands still, whoever has looked for changes need not look again.
  beforeEach(async () => {
    // What is done every minute would be counted as well.
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const now = Date.now();
    server = await newServer(database, { platform: { now: () => now } });
    await startIsOver(server);
  });
  afterEach(async () => {
    await server.close();
    vi.useRealTimers();
  });

  const password = 'a cave full of gold';

  /** Everything that a sign-in takes, each under its name and with how many statements it may run. */
  async function takeStock(meter: (what: string, most: number, work: () => Promise<unknown>) => Promise<void>) {
    const { management, services, publicUrl } = server;
    const phone = newPhone();
    await meter('send', 4, () => management.post('/verification-codes', { phone }));
    const { body } = await management.get(`/development-inbox?phone=${encodeURIComponent(phone)}`);
    const verificationCode = body[0].code;
    await meter('check', 5, () => management.post('/verification-codes/verify', { phone, verificationCode }));
    await meter('token of a back end', 0, () => management.renewToken());

    const relier = await relierOf(server);
    await meter('authorization', 5, () => beginExperience(server, relier));
    const client = await beginExperience(server, relier);
    const identified = { type: 'phone', value: newPhone() };
    let sent: ExperienceReply | undefined;
    await meter('code of a sign-in', 6, async () => {
      const asked = { interactionEvent: 'SignIn', identifier: identified };
      sent = await client.call('POST', '/verification/verification-code', asked);
    });
    const inbox = await management.get(`/development-inbox?phone=${encodeURIComponent(identified.value)}`);
    const answer = { identifier: identified, verificationId: sent?.body.verificationId, code: inbox.body[0].code };
    await meter('its answer', 12, async () => {
      const { status } = await client.call('POST', '/verification/verification-code/verify', answer);
      expect(status).toBe(200);
    });
    await meter('page', 2, () => client.browser.send(`${publicUrl}/sign-in?flow=${client.flow}`));
    await services.users.create({ username: phone.replace('+', 'user'), password });
    const identifier = { type: 'username', value: phone.replace('+', 'user') };
    const verified = await client.call('POST', '/verification/password', { identifier, password });
    const { verificationId } = verified.body;
    await meter('identification', 4, () => client.call('POST', '/identification', { verificationId }));
    let redirectTo = '';
    await meter('submission', 5, async () => {
      redirectTo = (await client.call('POST', '/submit')).body.redirectTo;
    });
    await meter('tokens of a person', 15, () => client.finish(redirectTo));
  }

  const reliers = new WeakMap<TestServer, ReturnType<typeof newServerRelier>>();
  function relierOf(of: TestServer) {
    const relier = reliers.get(of) ?? newServerRelier(of);
    reliers.set(of, relier);
    return relier;
  }

  test('a sign-in asks for nothing that rarely changes, and for no more than so much', async () => {
    const during = listenToStatements();
    // The first sign-in makes the application, and with that nothing is held any more.
    for (const _ of ['first', 'second']) await takeStock(async (_, __, work) => void (await work()));
    await takeStock(async (what, most, work) => {
      const statements = await during(work);
      expect({ what, held: statements.filter((text) => readsHeld.test(own(text))) }).toEqual({ what, held: [] });
      expect({ what, statements, isBelow: statements.length <= most }).toMatchObject({ what, isBelow: true });
    });
  });
});
