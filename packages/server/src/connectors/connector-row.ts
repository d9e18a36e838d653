import type { ConnectorsTable } from '../store/tables/connectors.ts';
import type { ConnectorFactory } from './connector-factory.ts';

/** A configuration as the store keeps it; `config` is encrypted. */
export function newConnectorRow(
  { type, metadata }: ConnectorFactory,
  { id, config, now }: { id: string; config: string; now: number },
): ConnectorsTable {
  const factory_id = metadata.id;
  return { id, type, factory_id, config, metadata: '{}', is_configured: 1, created_at: now, updated_at: now };
}

/** Whether a unique key refused the row. */
export function isTaken(error: unknown): boolean {
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  const sqlitePrimaryKey = 1555;
  return code === '23505' || errcode === sqlitePrimaryKey;
}
