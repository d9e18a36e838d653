import { findOidcModel, type OidcModelKey, type StoredOidcModel } from '../store/oidc-models.ts';
import type { Store } from '../store/store.ts';
import { findWithOrigin } from '../store/token-origins.ts';
import type { UserRow } from '../store/users.ts';
import { currentTokenWrites } from './token-writes.ts';

/**
 * A record of oidc-provider. A request for tokens looks for its code or refresh token first, and then for the grant, the
 * session and the user that come of it: all are read at once.
 */
export async function findRecord(
  store: Store,
  model: string,
  key: OidcModelKey,
  value: string,
): Promise<StoredOidcModel | undefined> {
  const writes = currentTokenWrites();
  if (writes && key === 'id' && (model === 'AuthorizationCode' || model === 'RefreshToken')) {
    const found = await findWithOrigin(store, { model, id: value });
    writes.origin = found?.origin;
    return found?.record;
  }
  const { origin } = writes ?? {};
  if (origin?.grant && model === 'Grant' && key === 'id' && origin.grant.id === value) {
    const { record } = origin.grant;
    delete origin.grant;
    return record;
  }
  if (origin?.session && model === 'Session' && key === 'uid' && origin.session.uid === value) {
    const { record } = origin.session;
    delete origin.session;
    return record;
  }
  return findOidcModel(store, model, key, value);
}

/** The user of the tokens that are asked for, if that was found, and nothing of this session was ended; once. */
export function takeUser(id: string, session: string | undefined): UserRow | undefined {
  const { origin } = currentTokenWrites() ?? {};
  const user = origin?.user;
  if (user?.row.id !== id || (session !== undefined && session !== user.session)) return undefined;
  delete origin?.user;
  return user.row;
}
