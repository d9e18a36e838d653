import { type CompiledQuery, sql } from 'kysely';
import type { Store } from './store.ts';

/** Whose session asks for a change; the session is the digest of its token. */
export type Asking = { administratorId: string; sessionId: string };

/** Whatever decides about sessions of an administrator waits here, so that none is begun or ended behind its back. */
export const lockAdministrator = ({ db }: Store, id: string): CompiledQuery<unknown> =>
  sql`update administrators set updated_at = updated_at where id = ${id}`.compile(db);

/** The session is still there. */
export const hasSession = ({ administratorId, sessionId }: Asking) =>
  sql<boolean>`exists (select 1 from administrator_sessions as asking_session
    where asking_session.token_digest = ${sessionId} and asking_session.administrator_id = ${administratorId})`;

/** Whether the session is still there. */
export async function isSessionOpen({ db }: Store, asking: Asking): Promise<boolean> {
  const { rows } = await sql`select 1 from administrators where ${hasSession(asking)} limit 1`.execute(db);
  return rows.length > 0;
}
