import type { Store } from './store.ts';

/** The ids of the users who have these numbers (E.164), by number. */
export async function findUsersOfPhones(
  { reader }: Pick<Store, 'reader'>,
  phones: readonly string[],
): Promise<Map<string, string>> {
  if (phones.length === 0) return new Map();
  const rows = await reader.selectFrom('users').select(['id', 'phone']).where('phone', 'in', phones).execute();
  return new Map(rows.map(({ id, phone }) => [phone as string, id]));
}
