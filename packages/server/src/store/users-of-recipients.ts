import { sql } from 'kysely';
import type { Store } from './store.ts';

/** The ids of the users who have these numbers (E.164) and addresses (in lower case), by what they have of them. */
export async function findUsersOfRecipients(
  { reader }: Pick<Store, 'reader'>,
  recipients: readonly string[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const column of ['phone', 'email_key'] as const) {
    const keys = recipients.filter((recipient) => recipient.includes('@') === (column === 'email_key'));
    if (keys.length === 0) continue;
    const [key, areKeys] = [sql.ref(column), sql`in (${sql.join(keys)})`];
    const { rows } = await sql<{ id: string; key: string }>`
      select id, ${key} as key from users where ${key} ${areKeys}
      union all select user_id, ${key} from other_recipients where ${key} ${areKeys}`.execute(reader);
    for (const { id, key } of rows) found.set(key, id);
  }
  return found;
}
