import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusing, type SmtpServer, startSmtpServer } from '../doubles/smtp.ts';
import { startTestServer, type TestServer } from '../setup/server.ts';
import { newMigratedLocation } from '../setup/stores.ts';

const usageTypes = ['Register', 'SignIn', 'ForgotPassword', 'Generic'];

describe('mails of two servers on one PostgreSQL', () => {
  let place: Awaited<ReturnType<typeof newMigratedLocation>>;
  let servers: [one: TestServer, other: TestServer];
  /** Mail servers. */
  let first: SmtpServer;
  let second: SmtpServer;
  let now = Date.now();
  /** The mailboxes that there are not. */
  const unknown = new Set<string>();
  let people = 0;
  beforeAll(async () => {
    const clock = { platform: { now: () => now } };
    const onRcptTo: Parameters<typeof startSmtpServer>[0] = {
      onRcptTo: ({ address }, _, done) =>
        unknown.has(address) ? done(refusing(550, '5.1.1 No such mailbox')) : done(),
    };
    place = await newMigratedLocation('PostgreSQL');
    servers = [await startTestServer(place.location, clock), await startTestServer(place.location, clock)];
    [first, second] = await Promise.all([startSmtpServer(onRcptTo), startSmtpServer(onRcptTo)]);
    await setUp(first);
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.close()));
    await Promise.all([first.close(), second.close()]);
    await place.remove();
  });

  const setUp = async ({ port }: SmtpServer) => {
    const templates = usageTypes.map((usageType) => ({ usageType, subject: '{{code}}', content: 'Code: {{code}}' }));
    const config = { host: '127.0.0.1', port, auth: {}, fromEmail: 'codes@example.com', templates };
    const connectorId = 'simple-mail-transfer-protocol';
    expect(await servers[0].management.post('/connectors', { connectorId, config })).toMatchObject({ status: 200 });
  };
  const newAddress = () => {
    people += 1;
    return `jo-${people}@example.com`;
  };
  /** Asks a server for a code. */
  const send = async (by: TestServer, email = newAddress()) =>
    (await by.management.post('/verification-codes', { email })).status;
  /** So much later everything that was changed at one has to hold at the other. */
  const aSecondLater = () => {
    now += 1_000;
  };

  test('go through the mail server that one was told of, and leave no connection to the one before', async () => {
    const [one, other] = servers;
    for (const [before, after] of [
      [first, second],
      [second, first],
    ] as const) {
      for (const by of servers) expect(await send(by)).toBe(204);
      await setUp(after);
      aSecondLater();
      const [left, taken] = [before.mails.length, after.mails.length];
      expect([await send(other), await send(one)]).toEqual([204, 204]);
      expect([before.mails.length, after.mails.length]).toEqual([left, taken + 2]);
      await expect.poll(() => before.open()).toBe(0);
    }
  });

  test('have the text that one was given, and lose it', async () => {
    const [one, other] = servers;
    const textAfter = async () => {
      aSecondLater();
      expect(await send(other)).toBe(204);
      return first.mails.at(-1)?.mail.subject;
    };
    const put = async (subject: string) => {
      const details = { subject, content: 'Code: {{code}}', contentType: 'text/plain' };
      const templates = [{ languageTag: 'en', templateType: 'Generic', details }];
      expect(await one.management.put('/email-templates', { templates })).toMatchObject({ status: 200 });
    };
    expect(await textAfter()).toMatch(/^\d{6}$/);
    for (const word of ['Ali', 'Cassim']) {
      await put(`${word}: {{code}}`);
      expect(await textAfter()).toMatch(new RegExp(`^${word}: \\d{6}$`));
    }
    expect(await one.management.delete('/email-templates?languageTag=en')).toMatchObject({ status: 200 });
    expect(await textAfter()).toMatch(/^\d{6}$/);
  });

  test('do not go to a mailbox of which one heard that it is gone, until that is lifted at either', async () => {
    const [one, other] = servers;
    const address = newAddress();
    unknown.add(address);
    expect(await send(one, address)).toBe(400);
    unknown.delete(address);
    expect(await send(other, address.toUpperCase())).toBe(400);
    expect(await other.management.delete(`/suppressions/${address}`)).toMatchObject({ status: 204 });
    expect(await send(one, address)).toBe(204);
  });

  test.each([
    ['case', 'Ada.Lovelace@Example.com', 'ada.lovelace@example.COM'],
    ['script', 'ada@bücher.example', 'ADA@xn--bcher-kva.example'],
  ])('an address is one account whatever its %s, whichever is asked', async (_, here, there) => {
    const tries = Array.from({ length: 8 }, (_, index) =>
      servers[index % 2]?.management.post('/users', { primaryEmail: index % 4 < 2 ? here : there }),
    );
    const replies = await Promise.all(tries);
    const made = replies.filter((reply) => reply?.status === 200);
    const codes = replies.flatMap((reply) => (reply?.status === 200 ? [] : [reply?.body.code]));
    expect([made.length, new Set(codes)]).toEqual([1, new Set(['user.email_already_in_use'])]);
    const [found] = (await servers[1].management.get(`/users?search=${encodeURIComponent(there.toLowerCase())}`)).body;
    expect(found).toMatchObject({ id: made[0]?.body.id });
  });
});
