import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';

/** A request over HTTP, and the status with which it was answered; 0 until then. */
type Exchange = { status: number };

type Told = { request: object; response?: { statusCode?: number } };

/**
 * What the HTTP clients of Node tell of requests and of their replies: `http` and `https`, on which most libraries
 * stand, and `fetch`.
 * @see https://nodejs.org/api/diagnostics_channel.html#built-in-channels
 */
const begins = ['http.client.request.created', 'undici:request:create'];
const answered = ['http.client.response.finish', 'undici:request:headers'];

/** Sees how the requests are answered that a piece of work makes, whatever its libraries make of the replies. */
export function watchHttpReplies() {
  const exchangesOfWork = new AsyncLocalStorage<Exchange[]>();
  const exchanges = new WeakMap<object, Exchange>();
  for (const channel of begins) {
    subscribe(channel, (told) => {
      const exchange = { status: 0 };
      exchanges.set((told as Told).request, exchange);
      exchangesOfWork.getStore()?.push(exchange);
    });
  }
  for (const channel of answered) {
    subscribe(channel, (told) => {
      const { request, response } = told as Told;
      const exchange = exchanges.get(request);
      if (exchange && response?.statusCode) exchange.status = response.statusCode;
    });
  }
  return {
    during: <T>(work: () => T): T => exchangesOfWork.run([], work),
    /** The statuses of the work so far, asked within it, by request; 0 of one that has no reply. */
    statuses: (): number[] => (exchangesOfWork.getStore() ?? []).map(({ status }) => status),
  };
}
