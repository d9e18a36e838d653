import { expect, test } from 'vitest';
import { stopMs } from './http/end-connections.ts';
import { createStop, patience, type Stopping } from './stop.ts';

/** A stop of parts that end at once, but for those that are given. */
function stopOf({ services, ...parts }: Partial<Stopping>) {
  const done = async () => {};
  return createStop({
    app: { close: (() => Promise.resolve()) as Stopping['app']['close'] },
    store: { breakOff: () => {}, close: done },
    stopClock: () => {},
    stopHousekeeping: done,
    closeMetrics: done,
    ...parts,
    services: {
      messaging: { drain: done, drainPreparations: done, drainSends: done },
      deliverer: { stop: done },
      followUps: { stop: done },
      notices: { stop: done },
      factories: { close: done },
      ...services,
    },
  });
}

test('whoever is told or asked has less time where clients have used up that of the stop', async () => {
  let elapsed = 0;
  const told: number[] = [];
  const tell = async (milliseconds: number) => void told.push(milliseconds);
  const stop = (clientsMs: number) =>
    stopOf({
      elapsed: () => elapsed,
      app: {
        close: (async () => {
          elapsed += clientsMs;
        }) as Stopping['app']['close'],
      },
      services: { deliverer: { stop: tell }, followUps: { stop: tell } } as unknown as Stopping['services'],
    })();
  await stop(100);
  expect(told.splice(0)).toEqual([2_000, 2_000]);
  await stop(4_500);
  expect(told.splice(0)).toEqual([250, 250]);
});

test('clients and a database that are silent leave some of the five seconds', () => {
  expect(stopMs.answering + stopMs.afterSends + patience.atLeast).toBeLessThan(5_000);
});
