import { setImmediate as nextTurn } from 'node:timers/promises';
import { ConnectorError } from '@sesame/connector-kit';
import { expect, test } from 'vitest';
import { newMigratedLocation } from '../../../../test/setup/stores.ts';
import type { ConnectorFactory } from '../connectors/connector-factory.ts';
import { platform } from '../platform.ts';
import { openStore } from '../store/store.ts';
import type { MessagesTable } from '../store/tables/messages.ts';
import { createDispatch } from './dispatch.ts';
import { createInFlight } from './in-flight.ts';
import { silentObserver } from './observer.ts';
import { createSettle } from './settle.ts';

const forever = () => new Promise<never>(() => {});
const message = { id: 'one', recipient: '+4915112345678', usage_type: 'SignIn', locale: null } as MessagesTable;

test('a stop does not wait until a record that failed is tried again: it is tried at once, and left', async () => {
  const { location, remove } = await newMigratedLocation('SQLite');
  const opened = await openStore(location);
  let tries = 0;
  const eventually = async () => {
    tries += 1;
    throw new Error('The database does not answer.');
  };
  const inFlight = createInFlight();
  const settle = createSettle({
    store: { ...opened, eventually },
    platform: { ...platform, sleep: forever },
    observer: silentObserver,
    inFlight,
  });
  settle(message, { state: 'accepted' });
  await nextTurn();
  await inFlight.drain();
  expect(tries).toBe(2);
  await opened.close();
  await remove();
});

test('a stop waits for a provider, and not as for one for what is written down of its refusal', async () => {
  const inFlight = createInFlight();
  const answer = Promise.withResolvers<never>();
  const dispatch = createDispatch({
    inFlight,
    now: platform.now,
    settle: () => {},
    suppressions: { refusalOf: forever, note: forever },
    reportAddresses: { ofMessage: () => '' } as never,
  });
  const factory = { defaultTemplates: [], sendMessage: () => answer.promise } as unknown as ConnectorFactory;
  const content = { to: '+4915112345678', words: { code: '123456' }, application: 'Shop', lifetimeSeconds: 600 };
  void dispatch(factory, {}, message, content);
  let isSent = false;
  const sends = inFlight.drainSends().then(() => {
    isSent = true;
  });
  await nextTurn();
  expect(isSent).toBe(false);
  answer.reject(new ConnectorError({ kind: 'temporary', message: 'Come back.' } as never));
  await sends;
});
