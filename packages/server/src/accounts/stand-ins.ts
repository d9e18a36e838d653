import { createHmac, type KeyObject } from 'node:crypto';
import { findDigestAt, places } from '../store/stand-ins.ts';
import type { Store } from '../store/store.ts';

/**
 * The digest that a password is compared with that is typed for this name, where it is nobody's; nothing where no user
 * has any.
 */
export type FindStandIn = (name: string) => Promise<string | undefined>;

/**
 * What other systems kept of passwords may take ten times as long to check as ours. So a name that is nobody's is answered
 * as somebody's would be: it leads to one user, the same each time, and is compared with what is kept of that one's
 * password (docs/decisions/0050-stand-ins-of-passwords.md).
 * @param key without it nobody can tell to whom a name leads
 */
export function createStandIns({ store, key }: { store: Store; key: KeyObject }): FindStandIn {
  return (name) => findDigestAt(store, createHmac('sha256', key).update(name).digest().readUIntBE(0, 6) % places);
}
