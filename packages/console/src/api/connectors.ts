import type { FormItem } from '@sesame/connector-kit';
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { ApiError } from './api-error.ts';
import { api, unwrap, unwrapList } from './client.ts';
import type { paths } from './schema.d.ts';
import { takeAnswer } from './take-answer.ts';

type Reply<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } };
}
  ? Body
  : never;
type WithForm<Item> = Omit<Item, 'formItems'> & { formItems: FormItem[] };

/** What can be set up. */
export type Factory = WithForm<Reply<'/api/connector-factories/{id}'>>;
/** What is set up, or was. */
export type Connector = WithForm<Reply<'/api/connectors/{id}'>>;
export type Config = Record<string, unknown>;

const keys = { connectors: ['connectors'], messages: ['messages'] } as const;

/** Every connector that can be set up. */
export const factoriesQuery = queryOptions({
  queryKey: ['connector-factories'],
  queryFn: async () => (await unwrap(api.GET('/api/connector-factories'))) as Factory[],
  staleTime: 60_000,
});

/** Installed connectors that cannot be used. */
export const connectorProblemsQuery = queryOptions({
  queryKey: ['connector-problems'],
  queryFn: () => unwrap(api.GET('/api/connector-problems')),
  staleTime: 60_000,
});

/** What becomes old when a connector is set up, changed, restored or deleted. */
export const connectorsKey = keys.connectors;

/** The connector of each channel that is alive, and those that wait for their configuration. */
export const setUpConnectorsQuery = queryOptions({
  queryKey: [...keys.connectors, 'live'],
  queryFn: async () => (await unwrap(api.GET('/api/connectors'))) as Connector[],
});

const ofChannel = (all: readonly Connector[], channel: string) =>
  all.find(({ type, state }) => type === channel && state === 'live') ?? null;

/** The connector of a channel that is alive; `null` when none is. */
export const liveConnectorQuery = (channel: Connector['type']) => ({
  ...setUpConnectorsQuery,
  select: (live: Connector[]) => ofChannel(live, channel),
});

/** The connector of a channel that was alive when it was last asked for. */
export const knownLiveConnector = (queries: QueryClient, channel: string): Connector | null =>
  ofChannel(queries.getQueryData(setUpConnectorsQuery.queryKey) ?? [], channel);

/** A connector as it was when it was last asked for. */
export const knownConnector = (queries: QueryClient, id: string): Connector | undefined =>
  queries.getQueryData(setUpConnectorsQuery.queryKey)?.find((one) => one.id === id);

/** Takes a connector for the one of its channel that is alive, or, for `null`, none. */
export function takeForLive(queries: QueryClient, channel: string, connector: Connector | null): void {
  takeAnswer(queries, setUpConnectorsQuery.queryKey, (live = []) => [
    ...live.filter(({ type, state, id }) => type !== channel || (state !== 'live' && id !== connector?.id)),
    ...(connector ? [connector] : []),
  ]);
}

/** The configurations that were alive before, newest first. */
export const previousConnectorsQuery = queryOptions({
  queryKey: [...keys.connectors, 'history'],
  queryFn: async () => (await unwrap(api.GET('/api/connectors/history'))) as Connector[],
});

const dayMs = 24 * 60 * 60_000;

/** How sending goes: the last message, and the messages of the last day. Tests are left out. */
export const deliveryQuery = ({ id: connectorId, connectorId: connectorFactoryId }: Connector) =>
  queryOptions({
    queryKey: [...keys.messages, connectorFactoryId, 'day'],
    queryFn: async () => {
      const until = Date.now();
      const query = { connectorFactoryId, from: until - dayMs, until };
      const [last, day] = await Promise.all([
        unwrapList(api.GET('/api/messages', { params: { query: { connectorId, page_size: 1 } } })),
        unwrap(api.GET('/api/dashboard/verification', { params: { query } })),
      ]);
      return { last: last.entries[0], total: day.total.requested, succeeded: day.total.sent };
    },
  });

/** Sets up a connector in place of the one that was seen alive. @throws ApiError `connector.conflict` if another is */
export async function setUpConnector(connectorId: string, config: Config, replaces: string | null): Promise<Connector> {
  const body = { connectorId, config, replaces };
  return (await unwrap(api.POST('/api/connectors', { body }))) as Connector;
}

/** Replaces the configuration. @throws ApiError `connector.conflict` if it was changed since `updatedAt` */
export async function updateConnector(id: string, config: Config, updatedAt?: number): Promise<Connector> {
  const body = { config, ...(updatedAt !== undefined && { updatedAt }) };
  return (await unwrap(api.PATCH('/api/connectors/{id}', { params: { path: { id } }, body }))) as Connector;
}

/** Leaves no connector alive. */
export const deleteConnector = (id: string) => unwrap(api.DELETE('/api/connectors/{id}', { params: { path: { id } } }));

/** Puts a previous configuration back in place of the one that was seen alive. */
export async function restoreConnector(id: string, replaces: string | null): Promise<Connector> {
  const call = api.POST('/api/connectors/history/{id}/restore', { params: { path: { id } }, body: { replaces } });
  return (await unwrap(call)) as Connector;
}

/** Deletes a previous configuration for good. */
export const forgetConnector = (id: string) =>
  unwrap(api.DELETE('/api/connectors/history/{id}', { params: { path: { id } } }));

/** What a test message came to. */
export type TestResult = {
  messageId: string;
  providerMessageId: string | null;
  text: string | null;
  /** Those of a mail; `null` where nobody knows them. */
  headers: { name: string; value: string }[] | null;
  segments: number | null;
  latencyMs: number;
};

/** Sends a real message with a configuration that need not be saved. */
export async function sendTest(
  factoryId: string,
  body: { phone?: string; email?: string; config: Config; usageType: string; locale?: string },
): Promise<TestResult> {
  const call = api.POST('/api/connectors/{factoryId}/test', {
    params: { path: { factoryId }, header: { prefer: 'return=representation' } },
    body,
  });
  return (await unwrap(call)) as TestResult;
}

/** Whether somebody else changed the connector meanwhile. */
export const isConflict = (error: unknown): boolean => error instanceof ApiError && error.code === 'connector.conflict';
