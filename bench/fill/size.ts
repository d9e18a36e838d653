import { statSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import type { StoreLocation } from '../../packages/server/src/store/store.ts';

/** What a database takes on the disk, in MB (10^6 bytes). */
export async function sizeMbOf(location: StoreLocation): Promise<number> {
  if ('dataDir' in location) return statSync(join(location.dataDir, 'sesame.db')).size / 1e6;
  const client = new Client({ connectionString: location.databaseUrl });
  await client.connect();
  const { rows } = await client.query('select pg_database_size(current_database())::float8 as bytes');
  await client.end();
  return rows[0].bytes / 1e6;
}
