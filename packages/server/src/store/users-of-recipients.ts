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
    const rows = await reader.selectFrom('users').select(['id', column]).where(column, 'in', keys).execute();
    for (const { id, [column]: key } of rows) found.set(key as string, id);
  }
  return found;
}
