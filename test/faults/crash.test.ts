import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { keepHouse } from '../../packages/server/src/jobs/housekeeping.ts';
import { platform } from '../../packages/server/src/platform.ts';
import { openStore } from '../../packages/server/src/store/store.ts';
import { type Provider, startHttpSms } from '../end-to-end/providers.ts';
import { type ChildServer, startChildServer } from '../setup/child-server.ts';
import { newPhone } from '../setup/phones.ts';
import { type Database, databases, newMigratedLocation } from '../setup/stores.ts';

/** Acknowledged work after which the process is killed; different each time, so that it dies at different points. */
const roundsAfter = [40, 131];
const workers = 16;
/** Only guards against hanging, in milliseconds. */
const hanging = 110_000;

/** Takes note of what the server said was done; codes by number. */
type Acknowledge = (what: 'sent' | 'verified', phone: string, code: string) => void;

/** Sends codes and verifies every other one, until the server is gone. */
async function work(server: ChildServer, provider: Provider, acknowledge: Acknowledge): Promise<void> {
  try {
    for (let turn = 0; ; turn += 1) {
      const phone = newPhone();
      const { status } = await server.management.post('/verification-codes', { phone });
      if (status !== 204) throw new Error(`A send was answered ${status}.`);
      const verificationCode = provider.codeTo(phone);
      if (turn % 2 === 0) {
        acknowledge('sent', phone, verificationCode);
        continue;
      }
      const answer = await server.management.post('/verification-codes/verify', { phone, verificationCode });
      if (answer.status !== 204) throw new Error(`A right code was answered ${answer.status}.`);
      acknowledge('verified', phone, verificationCode);
    }
  } catch (error) {
    // What fetch says of a connection that broke; anything else is a failure of the server.
    if (!(error instanceof TypeError)) throw error;
  }
}

async function startedOn(database: Database) {
  const { location, remove } = await newMigratedLocation(database);
  const env: Record<string, string> =
    'databaseUrl' in location ? { SESAME_DATABASE_URL: location.databaseUrl } : { SESAME_DATA_DIR: location.dataDir };
  return { location, remove, start: () => startChildServer({ ...env, SESAME_PUBLIC_URL: 'http://sesame.test' }) };
}

describe.each(databases)('a process that is killed in the middle of its work, on %s', (database) => {
  let place: Awaited<ReturnType<typeof startedOn>>;
  let provider: Provider;
  let server: ChildServer;
  beforeAll(async () => {
    [place, provider] = await Promise.all([startedOn(database), startHttpSms()]);
    server = await place.start();
    const { factoryId: connectorId, config } = provider;
    await server.management.post('/connectors', { connectorId, config });
  });
  afterAll(async () => {
    await Promise.all([server.kill('SIGKILL'), provider.double.close()]);
    await place.remove();
  });

  /** Has the provider not answer the next send. @returns its number, once it is there */
  async function hangNext(): Promise<string> {
    const { requests } = provider.double;
    const before = requests.length;
    provider.double.failNext('hang');
    await vi.waitUntil(() => requests.length > before, { interval: 5, timeout: hanging });
    return JSON.parse(requests[before]?.body ?? '').recipient;
  }

  // What a killed process leaves in PostgreSQL, PostgreSQL rolls back: there one point is as good as two.
  const rounds = database === 'SQLite' ? roundsAfter : roundsAfter.slice(1);
  describe.each(rounds)('after %i acknowledged answers', (killAfter) => {
    const codes = { sent: new Map<string, string>(), verified: new Map<string, string>() };
    const { sent, verified } = codes;
    let inFlight: string;
    beforeAll(async () => {
      const isEnough = Promise.withResolvers<void>();
      const acknowledge: Acknowledge = (what, phone, code) => {
        codes[what].set(phone, code);
        if (sent.size + verified.size === killAfter) isEnough.resolve();
      };
      const working = Promise.all(Array.from({ length: workers }, () => work(server, provider, acknowledge)));
      await Promise.race([isEnough.promise, working]);
      // Not before: nobody waits for a provider for longer than ten seconds.
      inFlight = await hangNext();
      server.signal('SIGKILL');
      await Promise.all([working, server.exited]);
      server = await place.start();
    });
    const messages = async (phone: string) =>
      (await server.management.get(`/messages?phone=${encodeURIComponent(phone)}`)).body;

    test('keeps what it has acknowledged, and takes no code twice', async () => {
      const verify = (phone: string, verificationCode: string) =>
        server.management.post('/verification-codes/verify', { phone, verificationCode });
      const ofSent = [...sent].map(async ([phone, code]) => {
        // What became of it is written up to 50 ms after the answer; nothing else is missing.
        const [{ state, providerMessageId }] = await messages(phone);
        const isKnown = state === 'accepted' && providerMessageId?.startsWith('endpoint-');
        expect(isKnown || (state === 'sending' && providerMessageId === null), phone).toBe(true);
        expect(await verify(phone, code), phone).toMatchObject({ status: 204 });
      });
      const ofVerified = [...verified].map(async ([phone, code]) =>
        expect(await verify(phone, code), phone).toMatchObject({
          status: 400,
          body: { code: 'verification_code.not_found' },
        }),
      );
      await Promise.all([...ofSent, ...ofVerified]);
    });

    test('settles a message that was in flight as unclear once nobody can be sending it any more', async () => {
      expect(await messages(inFlight)).toMatchObject([{ state: 'sending' }]);
      const store = await openStore(place.location);
      const keepHouseIn = (milliseconds: number) =>
        keepHouse({
          store,
          platform: { ...platform, now: () => Date.now() + milliseconds },
          signingKeys: { rotateWhenOlderThan: async () => {} },
          messageRetentionDays: 90,
        });
      await keepHouseIn(0);
      expect(await messages(inFlight), 'another process may still be sending it').toMatchObject([{ state: 'sending' }]);
      await keepHouseIn(180_000);
      await store.close();
      expect(await messages(inFlight)).toMatchObject([{ state: 'unclear', providerMessageId: null }]);
      expect((await server.management.get('/messages?state=sending')).body).toEqual([]);
      const again = await server.management.post('/verification-codes', { phone: inFlight });
      expect(again).toMatchObject({ status: 204 });
    });
  });
});
