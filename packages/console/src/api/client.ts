import createClient from 'openapi-fetch';
import { apiErrorOf, toApiError } from './api-error.ts';
import { sessionNow, signedInAgain } from './expiry.ts';
import type { paths } from './schema.d.ts';

/** Says that a request comes from the Console; no form on another site can add it. */
const headers = { 'x-sesame-console': '1' };

/** The same API for requests that are about the session itself: 401 is an answer to them. */
export const sessionApi = createClient<paths>({ headers });

/**
 * The Management API, typed by its OpenAPI document. A request that finds the session ended waits until the
 * administrator has signed in again, and is then sent once more.
 */
export const api = createClient<paths>({ headers, fetch: fetchInSession });

async function fetchInSession(request: Request): Promise<Response> {
  const again = request.clone();
  const made = sessionNow();
  const response = await fetch(request);
  if (response.status !== 401) return response;
  await signedInAgain(made);
  return fetch(again);
}

type Outcome<Data> = { data?: Data; error?: unknown; response: Response };

/**
 * What a call of `api` came to. @throws ApiError
 * @example const connectors = await unwrap(api.GET('/api/connectors'))
 */
export async function unwrap<Data>(call: Promise<Outcome<Data>>): Promise<Data> {
  const { data, error, response } = await reach(call);
  if (!response.ok) throw apiErrorOf(response, error);
  return data as Data;
}

/** How many entries a list has, and how sure that is. */
export type Total = { total: number; totalIs: 'exact' | 'about' | 'at-least' };

/** The same, with how many entries the whole list has, and whether there is a page after this one. @throws ApiError */
export async function unwrapList<Data>(
  call: Promise<Outcome<Data>>,
): Promise<{ entries: Data; hasNext: boolean } & Total> {
  const outcome = await reach(call);
  if (!outcome.response.ok) throw apiErrorOf(outcome.response, outcome.error);
  const { headers } = outcome.response;
  return {
    entries: outcome.data as Data,
    total: Number(headers.get('total-number') ?? 0),
    totalIs: (headers.get('total-number-is') ?? 'exact') as Total['totalIs'],
    hasNext: headers.get('link')?.includes('rel="next"') ?? false,
  };
}

async function reach<Data>(call: Promise<Outcome<Data>>): Promise<Outcome<Data>> {
  try {
    return await call;
  } catch (error) {
    throw toApiError(error);
  }
}

/** A page of a long list: its entries, where the pages beside it are, and how many entries there are where that is said. */
export type ListPage<Row> = {
  entries: readonly Row[];
  /** Cursors for `after` and `before`. */
  next: string | undefined;
  previous: string | undefined;
  total: Total | undefined;
};

/** A page of a long list. @throws ApiError */
export async function unwrapPage<Row>(call: Promise<Outcome<Row[]>>): Promise<ListPage<Row>> {
  const entries = await reach(call);
  if (!entries.response.ok) throw apiErrorOf(entries.response, entries.error);
  const { headers } = entries.response;
  const total = headers.get('total-number');
  return {
    entries: entries.data ?? [],
    next: headers.get('next-cursor') ?? undefined,
    previous: headers.get('previous-cursor') ?? undefined,
    total:
      total === null
        ? undefined
        : { total: Number(total), totalIs: (headers.get('total-number-is') ?? 'exact') as Total['totalIs'] },
  };
}

/** What is to be read as it comes. @throws ApiError */
export async function openStream(address: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  try {
    const response = await fetchInSession(new Request(address, { headers, signal }));
    if (!response.ok) throw apiErrorOf(response, await response.json().catch(() => undefined));
    return response.body ?? new ReadableStream({ start: (controller) => controller.close() });
  } catch (error) {
    throw signal.aborted ? error : toApiError(error);
  }
}
