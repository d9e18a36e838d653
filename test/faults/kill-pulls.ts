// Kills a server again and again while it asks a provider what became of messages, and counts what was lost:
//   node test/faults/kill-pulls.ts [rounds] [SQLite|PostgreSQL] [aliyun|tencent|tencent-queue]
// What takes minutes and hours otherwise, leases and the steps of messages, is made older after each kill.
import { sql } from 'kysely';
import { openStore, type StoreLocation } from '../../packages/server/src/store/store.ts';
import { startAliyunDouble } from '../doubles/aliyun.ts';
import { startTencentDouble } from '../doubles/tencent.ts';
import type { Reply } from '../setup/management-client.ts';
import { newPhone } from '../setup/phones.ts';
import { killAgainAndAgain } from './kills.ts';

const minute = 60_000;
const usageTypes = ['Register', 'SignIn', 'ForgotPassword', 'Generic'];
const key = { id: 'LTAI5tExampleKeyId', secret: 'access-key-secret-of-the-double' };
const shared = { accessKeyId: key.id, accessKeySecret: key.secret, signName: '芝麻' };

/** A provider, as it is configured, with the messages that it took; each arrived, but for every fifth. */
const providers = {
  async aliyun() {
    const templates = { SMS_100000001: { variables: ['code'] } };
    const double = await startAliyunDouble({ ...shared, signNames: ['芝麻'], templates });
    const ended = (index: number) =>
      index % 5 === 0
        ? ({ SendStatus: 2, ErrCode: 'UNDELIV' } as const)
        : ({ SendStatus: 3, ErrCode: 'DELIVERED' } as const);
    return {
      double,
      connectorId: 'aliyun-short-message-service',
      config: {
        askForReports: true,
        templates: usageTypes.map((usageType) => ({ usageType, templateCode: 'SMS_100000001' })),
      },
      taken: () => double.accepted.map(({ bizId }) => bizId),
      end: (id: string, index: number) => double.outcomes.set(id, ended(index)),
      isPull: (action: unknown) => action === 'QuerySendDetails',
    };
  },
  tencent: () => tencent('by-number'),
  'tencent-queue': () => tencent('queue'),
};

async function tencent(askForReports: 'by-number' | 'queue') {
  const account = { secretId: key.id, secretKey: key.secret, sdkAppId: '1400006666' };
  const double = await startTencentDouble({ ...account, signNames: ['芝麻'], templates: { '1110': { params: 1 } } });
  const templates = usageTypes.map((usageType) => ({ usageType, templateCode: '1110' }));
  const ended = (index: number) => ({
    ...(index % 5 === 0
      ? ({ ReportStatus: 'FAIL', Description: '关机' } as const)
      : ({ ReportStatus: 'SUCCESS', Description: 'DELIVRD' } as const)),
    UserReceiveTime: Math.floor(Date.now() / 1000),
  });
  return {
    double,
    connectorId: 'tencent-short-message-service',
    config: { sdkAppId: account.sdkAppId, region: 'ap-guangzhou', askForReports, templates },
    taken: () => double.messages.map(({ serialNo }) => serialNo),
    end: (id: string, index: number) => double.outcomes.set(id, ended(index)),
    isPull: (action: unknown) => String(action).startsWith('PullSmsSendStatus'),
  };
}

const provider = await providers[(process.argv[4] ?? 'aliyun') as keyof typeof providers]();
const { double, connectorId, config, taken, end, isPull } = provider;
const pulls = () =>
  double.requests.filter(({ headers }) => isPull(headers['x-acs-action'] ?? headers['x-tc-action'])).length;
let open = Number.POSITIVE_INFINITY;

/** As if everything that is known of messages had happened so much earlier. */
async function makeOlder(location: StoreLocation, byMs: number): Promise<void> {
  const store = await openStore(location);
  await sql`update messages set created_at = created_at - ${byMs}`.execute(store.db);
  await sql`update follow_ups set done_until = done_until - ${byMs}, leased_until = leased_until - ${byMs}`.execute(
    store.db,
  );
  const left = sql<{ open: number }>`select cast(count(*) as integer) as open from messages where state = 'accepted'`;
  open = (await left.execute(store.db)).rows[0]?.open ?? 0;
  await store.close();
}

await killAgainAndAgain({
  others: [],
  async setUp({ management }) {
    await management.patch('/sign-in-exp', { fraudPolicy: { mode: 'off' } });
    const made = await management.post('/connectors', {
      connectorId,
      config: { ...shared, endpoint: double.url, ...config },
    });
    if (made.status !== 200) throw new Error(made.text);
  },
  /** Answered once the provider is asked, so that the kill comes while it is. */
  async ask({ management, exited }) {
    let isOver = false;
    void exited.then(() => {
      isOver = true;
    });
    const before = pulls();
    const sends = Array.from({ length: 5 }, () => management.post('/verification-codes', { phone: newPhone() }));
    const [reply] = (await Promise.all(sends)) as [Reply];
    taken().forEach(end);
    while (!isOver && reply.status === 204 && pulls() === before)
      await new Promise((resolve) => setTimeout(resolve, 20));
    return reply;
  },
  status: 204,
  // The last message step is of an hour.
  afterKill: (location, isLast) => makeOlder(location, isLast ? 65 * minute : 6 * minute),
  isWaiting: () => false,
  async judge({ management }) {
    const ids = taken();
    const expected = new Map(ids.map((id, index) => [id, index % 5 === 0 ? 'undelivered' : 'delivered']));
    type Message = { id: string; providerMessageId: string | null; state: string };
    let wrong: string[] = [];
    for (let tries = 0; tries < 120; tries += 1) {
      const messages: Message[] = [];
      for (let page = 1; messages.length < ids.length; page += 1) {
        const { body } = await management.get(`/messages?page_size=100&page=${page}`);
        if (body.length === 0) break;
        messages.push(...body);
      }
      wrong = messages.flatMap(({ id, providerMessageId, state }) => {
        // Killed before the provider's answer was kept, nobody knows by what name to ask.
        if (providerMessageId === null || expected.get(providerMessageId) === state) return [];
        return [`${id} is ${state}, not ${expected.get(providerMessageId)}`];
      });
      if (wrong.length === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
    return {
      line: `${ids.length} messages, ${open} without a report after the last kill, ${pulls()} questions`,
      wrong,
    };
  },
});
await double.close();
