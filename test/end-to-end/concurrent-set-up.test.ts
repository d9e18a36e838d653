import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Reply } from '../setup/management-client.ts';
import { newPhone } from '../setup/phones.ts';
import { newServer, type TestServer } from '../setup/server.ts';
import { databases } from '../setup/stores.ts';
import { type Provider, startHttpSms } from './providers.ts';

/** More than what travels to PostgreSQL in one transaction. */
const atOnce = 20;
const times = <T>(count: number, run: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => run(i));
const statuses = (replies: Reply[]) => [...new Set(replies.map(({ status }) => status))].toSorted();

describe.each(databases)('set-up at the same time on %s', (database) => {
  let server: TestServer;
  let provider: Provider;
  beforeAll(async () => {
    [server, provider] = await Promise.all([newServer(database), startHttpSms()]);
    const unlimited = { messageRateLimitPolicy: { maxSendsPerRecipient: null } };
    await server.management.patch('/sign-in-exp', unlimited);
  });
  afterAll(async () => {
    await Promise.all([server.close(), provider.double.close()]);
  });

  const setUp = (id?: string) => {
    const { factoryId: connectorId, config } = provider;
    return server.management.post('/connectors', { connectorId, config, id });
  };
  const live = async (): Promise<{ id: string; type: string }[]> =>
    (await server.management.get('/connectors')).body.filter(({ type }: { type: string }) => type === 'Sms');
  const history = async (): Promise<{ id: string }[]> => (await server.management.get('/connectors/history')).body;
  const rows = () =>
    server.services.store.db.selectFrom('live_connectors').selectAll().where('type', '=', 'Sms').execute();

  /** Looks at the live connector and sends codes for as long as `work` takes. */
  async function whileWatched<T>(work: Promise<T>) {
    let isDone = false;
    const finished = work.finally(() => {
      isDone = true;
    });
    const counts: number[] = [];
    const sends: Reply[] = [];
    const watch = async () => {
      do counts.push((await live()).length);
      while (!isDone);
    };
    const send = async () => {
      do sends.push(await server.management.post('/verification-codes', { phone: newPhone() }));
      while (!isDone);
    };
    const [result] = await Promise.all([finished, watch(), send()]);
    return { result, counts, sends };
  }

  test('many at once: all are answered, one is live, and at no moment none or two', async () => {
    await setUp();
    const { result, counts, sends } = await whileWatched(Promise.all(times(atOnce, () => setUp())));
    expect(statuses(result)).toEqual([200]);
    expect(new Set(counts)).toEqual(new Set([1]));
    expect(statuses(sends)).toEqual([204]);
    expect(await rows()).toHaveLength(1);
    expect(result.map(({ body }) => body.id)).toContain((await live())[0]?.id);
    expect(await history()).toHaveLength(atOnce + 1);
  });

  test('one id given many times at once is taken once', async () => {
    const { result, counts } = await whileWatched(Promise.all(times(atOnce, () => setUp('the-same'))));
    expect(result.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(result.filter(({ body }) => body.code === 'entity.id_in_use')).toHaveLength(atOnce - 1);
    expect(new Set(counts)).toEqual(new Set([1]));
    expect(await live()).toMatchObject([{ id: 'the-same' }]);
  });

  test('changes of one configuration at once are all applied whole', async () => {
    const [{ id } = { id: '' }] = await live();
    const change = (index: number) => {
      const templates = (provider.config.templates as { content: string }[]).map((template) => ({
        ...template,
        content: `${index}: {{code}}`,
      }));
      return server.management.patch(`/connectors/${id}`, { config: { ...provider.config, templates } });
    };
    const { result, counts, sends } = await whileWatched(Promise.all(times(atOnce, change)));
    expect(statuses(result)).toEqual([200]);
    expect(new Set(counts)).toEqual(new Set([1]));
    expect(statuses(sends)).toEqual([204]);
    const { config } = (await server.management.get(`/connectors/${id}`)).body;
    expect(new Set(config.templates.map(({ content }: { content: string }) => content)).size).toBe(1);
  });

  test('restores, set-ups and changes at once: what was restored is answered as restored, none or two never', async () => {
    const previous = (await history()).slice(0, atOnce / 2);
    const [{ id: liveId } = { id: '' }] = await live();
    const work = times(atOnce, (index) => {
      if (index % 4 === 0) return setUp();
      if (index % 4 === 1) return server.management.patch(`/connectors/${liveId}`, { config: provider.config });
      return server.management.post(`/connectors/history/${previous[index % previous.length]?.id}/restore`);
    });
    const { result, counts, sends } = await whileWatched(Promise.all(work));
    const [setUps, changes, restores] = [0, 1, 2].map((kind) => result.filter((_, i) => Math.min(i % 4, 2) === kind));
    expect(statuses(setUps ?? [])).toEqual([200]);
    expect(statuses(restores ?? [])).toEqual([200]);
    // A connector that was replaced in the meantime is no longer there to be changed.
    for (const status of statuses(changes ?? [])) expect([200, 404]).toContain(status);
    expect(new Set(counts)).toEqual(new Set([1]));
    expect(statuses(sends)).toEqual([204]);
    expect(await rows()).toHaveLength(1);
  });

  test('a configuration forgotten and restored at once is either live or gone', async () => {
    for (const { id } of (await history()).slice(0, 10)) {
      const path = `/connectors/history/${id}`;
      const [restored, forgotten] = await Promise.all([
        server.management.post(`${path}/restore`),
        server.management.delete(path),
      ]);
      expect([restored.status, forgotten.status], `${restored.text} ${forgotten.text}`).toSatisfy(
        ([restore, forget]) => (restore === 200 && forget === 404) || (restore === 404 && forget === 204),
      );
      expect((await live()).some((connector) => connector.id === id)).toBe(restored.status === 200);
    }
  });

  test('with deletions among them: never two, every answer is one of the contract, and it works afterwards', async () => {
    const work = times(atOnce, async (index) => {
      if (index % 3 === 0) return setUp();
      const [{ id } = { id: 'none' }] = await live();
      if (index % 3 === 1) return server.management.delete(`/connectors/${id}`);
      const [previous] = await history();
      return server.management.post(`/connectors/history/${previous?.id}/restore`);
    });
    const { result, counts, sends } = await whileWatched(Promise.all(work));
    for (const status of statuses(result)) expect([200, 204, 404]).toContain(status);
    expect(Math.max(...counts)).toBeLessThanOrEqual(1);
    for (const status of statuses(sends)) expect([204, 501]).toContain(status);
    expect((await rows()).length).toBeLessThanOrEqual(1);
    expect(await setUp()).toMatchObject({ status: 200 });
    expect(await server.management.post('/verification-codes', { phone: newPhone() })).toMatchObject({ status: 204 });
  });
});
