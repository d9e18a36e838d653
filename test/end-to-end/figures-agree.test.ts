import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHttpEndpoint, startMailEndpoint } from '../doubles/http-endpoint.ts';
import { freePort } from '../setup/free-port.ts';
import { newServer, type TestServer } from '../setup/server.ts';
import { databases } from '../setup/stores.ts';
import { leaveUnguarded } from '../setup/unguarded.ts';

const prefixes = ['+4915123', '+1415765', '+861380'];

/** The same choices in every run. */
function createChoices(seed: number) {
  let state = seed;
  return <T>(options: readonly T[]): T => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return options[Math.floor((state / 2 ** 31) * options.length)] as T;
  };
}

describe.each(databases)('the API, Prometheus and the rows of %s', (database) => {
  let server: TestServer;
  let endpoints: [Awaited<ReturnType<typeof startHttpEndpoint>>, Awaited<ReturnType<typeof startMailEndpoint>>];
  let metricsUrl: string;
  beforeAll(async () => {
    const port = String(await freePort());
    metricsUrl = `http://127.0.0.1:${port}/metrics`;
    [server, ...endpoints] = await Promise.all([
      newServer(database, { env: { SESAME_METRICS_PORT: port } }),
      startHttpEndpoint({}),
      startMailEndpoint(),
    ]);
    await leaveUnguarded(server.services);
    for (const [connectorId, { url: endpoint }] of [
      ['http-sms', endpoints[0]],
      ['http-email', endpoints[1]],
    ] as const) {
      expect(await server.management.post('/connectors', { connectorId, config: { endpoint } })).toMatchObject({
        status: 200,
      });
    }
  });
  afterAll(() => Promise.all([server.close(), ...endpoints.map((endpoint) => endpoint.close())]));

  const report = (url: string, report: object) =>
    fetch(url.replace(server.publicUrl, server.baseUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(report),
    });

  /** Sends and answers codes and reports of them, in an order that chance has chosen. */
  async function goThrough(person: number, choose: ReturnType<typeof createChoices>) {
    const isMail = choose([true, false, false]);
    const recipient = isMail
      ? { email: `jo-${person}@example.com` }
      : { phone: `${choose(prefixes)}${String(person).padStart(5, '0')}` };
    const [endpoint] = [endpoints[isMail ? 1 : 0]];
    const steps = choose([['verify'], ['report', 'verify'], ['verify', 'report'], ['report'], ['again', 'verify'], []]);
    const outcome = choose(['delivered', 'delivered', 'undelivered']);
    if (choose([false, false, false, true])) endpoint.replyNext({ status: 422, body: { code: 'no', message: 'No.' } });
    const sent = await server.management.post('/verification-codes', recipient);
    if (sent.status !== 204) return;
    for (const step of steps) {
      const accepted = endpoint.accepted.at(-1);
      if (step === 'again') await server.management.post('/verification-codes', recipient);
      else if (step === 'report') {
        const network = isMail ? {} : { network: choose(['26201', '310260']) };
        for (const repeated of choose([[0], [0, 1]])) {
          const reply = await report(accepted?.reportUrl ?? '', { state: outcome, code: String(repeated), ...network });
          expect(reply.status).toBe(200);
        }
      } else {
        const verificationCode = accepted?.payload.code;
        const answer = await server.management.post('/verification-codes/verify', { ...recipient, verificationCode });
        expect(answer, answer.text).toMatchObject({ status: 204 });
      }
    }
  }

  type Counted = { verified: number; delivered: number };
  const noted = (counts: Map<string, Counted>, key: string) =>
    counts.get(key) ?? counts.set(key, { verified: 0, delivered: 0 }).get(key) ?? expect.fail();

  /** Counts of Prometheus, by country, connector and network. */
  async function counted(): Promise<Map<string, Counted>> {
    const counts = new Map<string, Counted>();
    const pattern =
      /^sesame_messages_(verified|delivered)_total\{country="(.*?)",connector="(.*?)",network="(.*?)"\} (\d+)$/gm;
    for (const [, what = '', country, connector, network, count] of (await (await fetch(metricsUrl)).text()).matchAll(
      pattern,
    )) {
      noted(counts, `${country} ${connector} ${network}`)[what as keyof Counted] += Number(count);
    }
    return counts;
  }

  test('tell the same of what arrived and of what was verified', async () => {
    const choose = createChoices(14);
    for (let person = 0; person < 120; person += 1) await goThrough(person, choose);
    const rows = await server.services.store.db.selectFrom('messages').selectAll().execute();
    expect(rows.length).toBeGreaterThan(100);
    const expected = new Map<string, Counted>();
    for (const { country, factory_id, network, verified_at, state } of rows) {
      const count = (what: keyof Counted, by: string | null | undefined) => {
        noted(expected, `${country ?? 'none'} ${factory_id} ${by ?? 'none'}`)[what] += 1;
      };
      if (verified_at !== null) count('verified', network);
      if (state === 'delivered') count('delivered', network);
    }
    const sumsOf = (counts: Map<string, Counted>, place: number) => {
      const sums = new Map<string, Counted>();
      for (const [key, { verified, delivered }] of counts) {
        const sum = noted(sums, key.split(' ')[place] ?? '');
        sum.verified += verified;
        sum.delivered += delivered;
      }
      return Object.fromEntries([...sums].filter(([, { verified, delivered }]) => verified + delivered > 0));
    };
    const byPrometheus = await counted();
    const { body: arrivals } = await server.management.get('/dashboard/arrivals');
    const byApi = (of: { verified: number; claimed: number }[], nameOf: (row: never) => string | null) =>
      Object.fromEntries(
        of
          .filter(({ verified, claimed }) => verified + claimed > 0)
          .map((row) => [nameOf(row as never) ?? 'none', { verified: row.verified, delivered: row.claimed }]),
      );
    const byCountry = sumsOf(expected, 0);
    expect(sumsOf(byPrometheus, 0)).toEqual(byCountry);
    // By country the API tells of numbers, and every number here has one.
    const { none: _, ...ofNumbers } = byCountry;
    expect(byApi(arrivals.byCountry, ({ country }: { country: string | null }) => country)).toEqual(ofNumbers);
    expect(sumsOf(byPrometheus, 1)).toEqual(sumsOf(expected, 1));
    expect(
      byApi(arrivals.byConnector, ({ connectorFactoryId }: { connectorFactoryId: string }) => connectorFactoryId),
    ).toEqual(sumsOf(expected, 1));
    const { body: dashboard } = await server.management.get('/dashboard/verification');
    const isVerified = rows.filter(({ verified_at }) => verified_at !== null).length;
    expect([dashboard.total.verified, arrivals.total.verified]).toEqual([isVerified, isVerified]);
  });
});
