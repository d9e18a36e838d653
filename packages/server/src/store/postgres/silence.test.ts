import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { newMigratedLocation } from '../../../../../test/setup/stores.ts';
import { openStore } from '../store.ts';
import { isUnavailable } from '../unavailable.ts';

/** A way to a server on which nothing comes back while it is silent. */
async function silenceable(host: string, port: number) {
  const sockets: Socket[] = [];
  let isSilent = false;
  const proxy = createServer((asked) => {
    const there = connect(port, host);
    sockets.push(asked, there);
    for (const socket of [asked, there]) socket.on('error', () => {});
    asked.on('data', (chunk) => void (isSilent || there.write(chunk))).on('close', () => there.destroy());
    there.on('data', (chunk) => void (isSilent || asked.write(chunk)));
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    port: (proxy.address() as AddressInfo).port,
    fallSilent: () => {
      isSilent = true;
    },
    speak: () => {
      isSilent = false;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      proxy.close();
    },
  };
}

async function openSilenceable() {
  const { location, remove } = await newMigratedLocation('PostgreSQL');
  const url = new URL((location as { databaseUrl: string }).databaseUrl);
  const way = await silenceable(url.hostname, Number(url.port));
  url.host = `127.0.0.1:${way.port}`;
  const store = await openStore({ databaseUrl: url.href });
  const close = async () => {
    await store.close();
    way.close();
    await remove();
  };
  return { store, way, close };
}

test('nobody waits for a database that has gone silent, until it answers again', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const { store, way, close } = await openSilenceable();
  await store.ping();
  way.fallSilent();
  const outcome = expect(store.ping()).rejects.toThrow('the server has gone silent');
  // Begins to wait when it has a connection.
  await new Promise((resolve) => setImmediate(resolve));
  vi.advanceTimersByTime(5_000);
  await outcome;
  const reads = [store.ping(), store.db.selectFrom('settings').selectAll().execute()];
  for (const error of await Promise.all(reads.map((read) => read.catch((reason: unknown) => reason)))) {
    expect([isUnavailable(error), String(error)]).toEqual([true, expect.stringContaining('gone silent')]);
  }
  way.speak();
  const isBack = async () => {
    vi.advanceTimersByTime(500);
    return store.ping().then(() => true);
  };
  await expect.poll(() => isBack().catch(() => false)).toBe(true);
  await close();
});

test('what waits for a database that has gone silent can be broken off, so that the store closes', async () => {
  const { store, way, close } = await openSilenceable();
  await store.ping();
  way.fallSilent();
  const waiting = [store.ping(), store.db.selectFrom('settings').selectAll().execute(), store.atomically([])];
  const listing = store.reader.selectFrom('settings').selectAll().execute();
  const outcomes = Promise.allSettled([...waiting, listing]);
  await new Promise((resolve) => setImmediate(resolve));
  store.breakOff();
  for (const outcome of await outcomes) {
    expect(outcome).toMatchObject({ status: 'rejected' });
    expect(isUnavailable((outcome as PromiseRejectedResult).reason)).toBe(true);
  }
  await close();
});
