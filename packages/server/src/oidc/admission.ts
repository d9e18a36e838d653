import type { IncomingMessage } from 'node:http';
import Provider, { type AdapterPayload, errors } from 'oidc-provider';
import { ApiError } from '../errors.ts';

/** Lets whoever sent a request begin something. @throws ApiError with `retryAfterSeconds` when there was too much */
export type Admit = (request: IncomingMessage) => Promise<void>;

/** Somebody asks too often. The application can do nothing about it, so that a person is told. */
export class TooManyRequests extends errors.OIDCProviderError {
  override allow_redirect = false;
  readonly retryAfterSeconds: number;

  /** @param what of which there was too much, as a sentence */
  constructor(retryAfterSeconds: number, what = 'too many sign-ins were begun from this network') {
    super(429, 'temporarily_unavailable');
    this.retryAfterSeconds = retryAfterSeconds;
    this.error_description = `${what}; try again in ${retryAfterSeconds} ${retryAfterSeconds === 1 ? 'second' : 'seconds'}`;
  }
}

/** The refusal of the request under way, which says when to come again in its header too, whatever the answer is like. */
export function tooManyRequests(retryAfterSeconds: number, what?: string): TooManyRequests {
  Provider.ctx?.set('retry-after', String(retryAfterSeconds));
  return new TooManyRequests(retryAfterSeconds, what);
}

/**
 * Counts a record that anybody may make without having proven anything: a sign-in that begins, and the session of
 * somebody who is not signed in.
 * @throws TooManyRequests
 */
export async function admitAnonymous(admit: Admit, model: string, payload: AdapterPayload): Promise<void> {
  const { ctx } = Provider;
  const begins = model === 'Interaction' && ctx?.oidc?.route === 'authorization';
  const isNobodys = model === 'Session' && payload.accountId === undefined;
  if (!ctx || !(begins || isNobodys)) return;
  try {
    await admit(ctx.req);
  } catch (error) {
    const wait = error instanceof ApiError ? error.data?.retryAfterSeconds : undefined;
    throw wait === undefined ? error : tooManyRequests(wait);
  }
}
