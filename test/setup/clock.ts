import { onTestFinished, vi } from 'vitest';

/**
 * Stops the clock of this process until the test is over: a limit that is counted over a time holds on a machine of any
 * speed. `vi.setSystemTime` moves it.
 */
export function stopClock(): void {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
}
