import { parsePhone } from '@sesame/connector-kit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConsoleServer, newConsoleServer } from '../../../../../../test/setup/console.ts';
import { databases } from '../../../../../../test/setup/stores.ts';
import { recipientOfPhone } from '../../../messaging/recipient.ts';
import type { Client } from '../../../protection/client.ts';
import type { StartVerification } from '../../../verification/requests.ts';

const start = Date.UTC(2026, 10, 27, 12, 5);
const stranger: Client = { address: '203.0.113.77', marks: [] };

describe.each(databases)('the way of a message on %s', (database) => {
  let server: ConsoleServer;
  let cookie: string;
  beforeAll(async () => {
    server = await newConsoleServer(database, () => start);
    cookie = await server.signIn();
  });
  afterAll(() => server.close());

  const recipientOf = (phone: string) =>
    recipientOfPhone(parsePhone(phone) as NonNullable<ReturnType<typeof parsePhone>>);
  const ask = (phone: string, asked: Partial<StartVerification>) =>
    server.services.verification.start({ recipient: recipientOf(phone), usageType: 'SignIn', flow: phone, ...asked });
  const answer = (phone: string, code: string) =>
    server.services.verification.answer({ recipient: recipientOf(phone), flow: phone, code, client: stranger });
  const codeTo = (phone: string) => server.services.inbox.messages(phone)[0]?.code ?? '';
  const wayOf = async (phone: string, as = cookie) => {
    await server.services.messaging.drain();
    await server.services.store.flush();
    const { id } = await server.services.store.db
      .selectFrom('messages')
      .select('id')
      .where('recipient', '=', phone)
      .orderBy('created_at', 'desc')
      .executeTakeFirstOrThrow();
    return (await server.send('GET', `/api/messages/${id}`, { cookie: as })).json();
  };
  const enforce = (mode: 'enforce' | 'record') => server.services.experience.change({ fraudPolicy: { mode } });

  test('says who asked and from where, what was decided, and when answers were wrong and right', async () => {
    await enforce('enforce');
    const phone = '+4915112340001';
    const application = await server.services.applications.create({ name: 'Shop', type: 'SPA' });
    const asker = { through: 'sign-in-page', applicationId: application.id } as const;
    await ask(phone, { client: stranger, wording: { asker } });
    const code = codeTo(phone);
    const wrong = code === '000000' ? '111111' : '000000';
    server.advance(5_000);
    await expect(answer(phone, wrong)).rejects.toThrow();
    server.advance(2_000);
    await expect(answer(phone, wrong)).rejects.toThrow();
    expect(await wayOf(phone)).toMatchObject({ verifiedAt: null, wrongAnswersAt: [start + 5_000, start + 7_000] });
    server.advance(60_000);
    await answer(phone, code);
    const way = await wayOf(phone);
    expect(way).toMatchObject({
      asked: {
        ...{ through: 'sign-in-page', application: { id: application.id, name: 'Shop' }, administrator: null },
        ...{ network: '203.0.113.0/24', device: 'new', passed: null },
        decided: { decision: 'go', isEnforced: true, isKnown: false, reasons: [] },
      },
      ...{ createdAt: start, handedAt: start, acceptedAt: start, verifiedAt: start + 67_000 },
      wrongAnswersAt: [start + 5_000, start + 7_000],
    });
    expect(JSON.stringify(way)).not.toMatch(new RegExp(`\\b${code}\\b`));
    expect(JSON.stringify(way)).not.toContain(stranger.address);
    await ask(phone, { client: stranger });
    expect((await wayOf(phone)).asked).toMatchObject({ application: null, decided: { isKnown: true } });
  });

  test('keeps why a person was asked for a check, and what recording would have stopped', async () => {
    await enforce('record');
    const prefix = '+491511235';
    const check = { isAsked: false, takePassed: async () => 'check' as const, takeAll: async () => 'check' as const };
    for (let index = 0; index < 8; index += 1) await ask(`${prefix}00${10 + index}`, { client: stranger, check });
    const would = await wayOf(`${prefix}0017`);
    expect(would.asked.decided).toMatchObject({ decision: 'check', isEnforced: false, isKnown: false });
    expect(would.asked.decided.reasons[0]).toMatchObject({ rule: 'unverified', scope: `block:${prefix}` });
    expect(JSON.stringify(would)).not.toContain(stranger.address);
    await enforce('enforce');
    const checked = `${prefix}0033`;
    await ask(checked, { client: { address: '198.51.100.9', marks: [] }, check });
    expect((await wayOf(checked)).asked).toMatchObject({
      passed: 'check',
      decided: { decision: 'go', isEnforced: true, reasons: expect.arrayContaining([expect.any(Object)]) },
    });
  });

  test('names back ends and administrators, and shows viewers no number', async () => {
    const phone = '+14155550199';
    const token = await server.getAccessToken();
    const headers = { authorization: `Bearer ${token}` };
    const body = { phone, ip: '198.51.100.23', deviceId: 'phone-of-ali' };
    expect((await server.send('POST', '/api/verification-codes', { headers, body })).statusCode).toBe(204);
    const way = await wayOf(phone);
    expect(way.asked).toMatchObject({
      ...{ through: 'management-api', application: { name: 'Back end' }, administrator: null },
      ...{ network: '198.51.100.0/24', device: 'named' },
    });
    expect(JSON.stringify(way.asked)).not.toContain('phone-of-ali');
    const other = '+14155550198';
    await server.send('POST', '/api/verification-codes', { cookie, body: { phone: other } });
    expect((await wayOf(other)).asked).toMatchObject({ application: null, administrator: { name: 'morgiana' } });
    const password = 'open barley';
    await server.services.administrators.colleagues.create({ username: 'viewer', password, role: 'viewer' });
    const viewer = await server.signIn({ username: 'viewer', password });
    const seen = await wayOf(phone, viewer);
    expect(JSON.stringify(seen)).not.toContain('5550199');
    expect(seen.asked).toEqual(way.asked);
  });
});
