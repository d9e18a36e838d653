import { expect, test } from 'vitest';
import { onInterruption } from './interruption.ts';

const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const listeners = () => names.map((name) => process.listenerCount(name));

test.each(names)('%s lets the command clean up, and a second signal of any kind ends the process', (name) => {
  const before = listeners();
  const signal = onInterruption();
  expect([signal.aborted, listeners()]).toEqual([false, before.map((count) => count + 1)]);
  // Only those of the command: others may end this process.
  process.listeners(name).at(-1)?.(name);
  expect(signal.aborted).toBe(true);
  expect(signal.reason.message).toBe('Interrupted. Nothing was changed, nothing is left.');
  expect(listeners()).toEqual(before);
});
