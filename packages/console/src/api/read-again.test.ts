import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, expect, test, vi } from 'vitest';
import { ApiError } from './api-error.ts';
import { cacheThatReadsAgain } from './read-again.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Something that is looked at, whose first reading fails. */
function readingThatFails(failure: unknown) {
  vi.useFakeTimers();
  const queries: QueryClient = new QueryClient({ queryCache: cacheThatReadsAgain(() => queries) });
  const read = vi.fn(async () => 'read');
  read.mockRejectedValueOnce(failure);
  const observer = new QueryObserver(queries, { queryKey: ['figures'], queryFn: read, retry: false });
  const stop = observer.subscribe(() => {});
  return { read, shown: () => observer.getCurrentResult().data, stop };
}

test('what could not be read while the server was away is read as soon as it is back', async () => {
  const probe = vi.fn<() => Promise<Response>>().mockResolvedValue(new Response('ok'));
  probe
    .mockRejectedValueOnce(new TypeError('Failed to fetch'))
    .mockResolvedValueOnce(new Response('', { status: 503 }));
  vi.stubGlobal('fetch', probe);
  const { read, shown, stop } = readingThatFails(new TypeError('Failed to fetch'));
  await vi.advanceTimersByTimeAsync(6500);
  expect(probe).toHaveBeenCalledTimes(2);
  expect(read).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(3000);
  expect(shown()).toBe('read');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(probe).toHaveBeenCalledTimes(3);
  stop();
});

test('a refusal stays one', async () => {
  const probe = vi.fn();
  vi.stubGlobal('fetch', probe);
  const { read, stop } = readingThatFails(new ApiError({ status: 403, code: 'auth.forbidden', message: '' }));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(probe).not.toHaveBeenCalled();
  expect(read).toHaveBeenCalledTimes(1);
  stop();
});
