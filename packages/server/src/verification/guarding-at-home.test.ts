import { parsePhone } from '@sesame/connector-kit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ConsoleServer, newConsoleServer } from '../../../../test/setup/console.ts';
import { priceInbox } from '../../../../test/setup/priced-inbox.ts';
import { recipientOfPhone } from '../messaging/recipient.ts';
import { costFigures } from '../store/cost-figures.ts';
import type { StartVerification } from './requests.ts';

const start = Date.UTC(2026, 10, 27, 12, 5);
let server: ConsoleServer;

const recipientOf = (phone: string) =>
  recipientOfPhone(parsePhone(phone) as NonNullable<ReturnType<typeof parsePhone>>);

type Asker = Pick<StartVerification, 'client' | 'endUser' | 'check'>;
const at = (address: string): Asker => ({ client: { address, marks: [] } });
/** As pages ask, where whoever asks has passed no check. */
const onPage = (address: string): Asker => ({
  ...at(address),
  check: { isAsked: false, takePassed: async () => undefined, takeAll: async () => undefined },
});

async function ask(phone: string, asker: Asker): Promise<string> {
  try {
    await server.services.verification.start({
      ...{ recipient: recipientOf(phone), usageType: 'SignIn', flow: phone },
      ...asker,
    });
    return 'sent';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

/** What becomes of so many sends to one block, one after the other. */
async function askAll(block: string, count: number, asker: Asker): Promise<string[]> {
  const outcomes: string[] = [];
  for (let index = 0; index < count; index++) {
    outcomes.push(await ask(`${block}${String(index * 7).padStart(4, '0')}`, asker));
  }
  return [...new Set(outcomes)];
}

async function newServer(publicUrl: string) {
  server = await newConsoleServer('SQLite', () => start, publicUrl);
  const messageRateLimitPolicy = { maxSendsPerAddress: null };
  await server.services.experience.change({ fraudPolicy: { mode: 'enforce' }, messageRateLimitPolicy });
}

describe('where the development inbox is live and nobody else can come', () => {
  beforeAll(() => newServer('http://localhost:3001'));
  afterAll(() => server.close());
  beforeEach(async () => {
    await server.services.prices.change({ connectors: {} });
  });

  test.each([
    ['127.0.0.1', '+491511234'],
    ['::1', '+491511235'],
    ['::ffff:192.168.1.7', '+491511236'],
    ['172.17.0.1', '+628112345'],
    ['fd00::7', '+628112346'],
  ])('nobody at %s is stopped, whatever they try, and nothing is kept of it', async (address, block) => {
    expect(await askAll(block, 30, onPage(address))).toEqual(['sent']);
    const { store } = server.services;
    await store.flush();
    expect(await store.db.selectFrom('guard_decisions').selectAll().execute()).toEqual([]);
  });

  test('back ends that name people of this machine send as they like', async () => {
    const endUser = { caller: 'back-end', address: '127.0.0.1', deviceId: 'd1' };
    expect(await askAll('+436641234', 200, { endUser })).toEqual(['sent']);
  });

  test('friends in five countries come in from one address, and so does whoever comes after', async () => {
    const { verification, inbox } = server.services;
    const asker = onPage('127.0.0.1');
    for (const phone of ['+4915112340010', '+436641234567', '+41791234567', '+33612345678', '+14155550132']) {
      expect(await ask(phone, asker)).toBe('sent');
      const code = inbox.messages(phone)[0]?.code ?? '';
      await verification.answer({ recipient: recipientOf(phone), flow: phone, code, client: asker.client });
    }
    expect(await ask('+393331234567', asker)).toBe('sent');
  });

  test('what it shows costs nothing, and fills no cap of money', async () => {
    const { store, experience } = server.services;
    await experience.change({ fraudPolicy: { mode: 'enforce', maxCostPerHour: 0.01 } });
    expect(await askAll('+44740012', 3, at('127.0.0.1'))).toEqual(['sent']);
    await experience.change({ fraudPolicy: { mode: 'enforce', maxCostPerHour: null } });
    const rows = await store.db.selectFrom('messages').select(['cost', 'cost_currency']).distinct().execute();
    expect(rows).toEqual([{ cost: 0, cost_currency: 'USD' }]);
    const [sums] = await costFigures.count(store, { from: start - 1000, until: start + 1000 });
    expect(sums?.cost).toBe(0);
  });

  test('the countries that are served hold all the same', async () => {
    const { experience } = server.services;
    await experience.change({ fraudPolicy: { mode: 'enforce', countries: { mode: 'deny', list: ['FR'] } } });
    expect(await ask('+33612345679', at('127.0.0.1'))).toBe('phone.country_not_served');
    await experience.change({ fraudPolicy: { mode: 'enforce', countries: { mode: 'deny', list: [] } } });
  });

  test.each([
    ['people from outside', at('203.0.113.7')],
    ['people from outside whom a back end names', { endUser: { caller: 'other', address: '203.0.113.8' } }],
  ])('%s are held to budgets', async (_, asker) => {
    const before = await askAll('+923001234', 80, asker);
    expect(before).toContain('request.sending_paused');
  });

  test('so is everybody once the inbox has a price, to try it', async () => {
    await priceInbox(server.services);
    expect(await askAll('+557199123', 30, at('127.0.0.1'))).toContain('request.sending_paused');
  });
});

test('where others may come through a proxy, their addresses say nothing', async () => {
  await newServer('https://sign-in.example.com');
  expect(await askAll('+628112345', 30, at('127.0.0.1'))).toContain('request.sending_paused');
  await server.close();
});
