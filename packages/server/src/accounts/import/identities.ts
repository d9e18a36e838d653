import { findIdentities, type Identity } from '../../store/imported-users.ts';
import type { Store } from '../../store/store.ts';
import type { ImportedRow } from './imported-user.ts';

/** Whose ids, numbers, addresses and usernames these are. */
export type Identities = Record<
  'byId' | 'byPhone' | 'byEmail' | 'byUsername',
  (value: string | null | undefined) => string | undefined
>;

type Named = {
  id: string;
  changes: { phone?: string | null; email_key?: string | null; username?: string | null };
  others: ImportedRow['others'];
};

/** Looks up everybody who has an id, a number, an address or a username of some lines. */
export async function createIdentities(store: Store, lines: readonly Named[]): Promise<Identities> {
  const found =
    lines.length === 0
      ? []
      : await findIdentities(store, {
          ids: lines.map(({ id }) => id),
          phones: lines.flatMap(({ changes, others }) => [changes.phone ?? [], keysOf(others, 'phone')].flat()),
          emails: lines.flatMap(({ changes, others }) => [changes.email_key ?? [], keysOf(others, 'email')].flat()),
          usernames: lines.flatMap(({ changes }) => changes.username ?? []),
        });
  const by = (field: keyof Identity) => {
    const ids = new Map(found.map((identity) => [identity[field], identity.id]));
    return (value: string | null | undefined) => (value ? ids.get(value) : undefined);
  };
  return { byId: by('id'), byPhone: by('phone'), byEmail: by('email_key'), byUsername: by('username') };
}

const keysOf = (others: ImportedRow['others'], kind: 'phone' | 'email') =>
  others.filter((other) => other.kind === kind).map(({ key }) => key);
