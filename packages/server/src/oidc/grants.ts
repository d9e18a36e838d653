import { createHash } from 'node:crypto';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { isOfNewSession } from './resume.ts';

type ExistingGrant = InstanceType<KoaContextWithOIDC['oidc']['provider']['Grant']>;

/**
 * The grant of this session and application, with all that is asked for: the applications are the operator's own, so
 * that nobody is asked for consent.
 */
export async function loadGrant({ oidc }: KoaContextWithOIDC): Promise<ExistingGrant | undefined> {
  const { provider, session, client, account } = oidc;
  if (!session || !client || !account) return undefined;
  const whose = { accountId: account.accountId, clientId: client.clientId };
  const id = session.grantIdFor(client.clientId) ?? firstGrantId({ session: session.uid, ...whose });
  const isFirst = isOfNewSession();
  const known = isFirst ? undefined : await provider.Grant.find(id);
  const isTheirs = known?.accountId === whose.accountId && known.clientId === whose.clientId;
  if (isTheirs) return saveWithAsked(known, oidc);
  const grant = await saveWithAsked(new provider.Grant({ ...whose, ...(!known && { jti: id }) }), oidc);
  // A grant that has ended stays so, whatever is written to it.
  const isThere = isFirst || (await provider.Grant.find(grant.jti)) !== undefined;
  return isThere ? grant : saveWithAsked(new provider.Grant(whose), oidc);
}

async function saveWithAsked(grant: ExistingGrant, oidc: KoaContextWithOIDC['oidc']): Promise<ExistingGrant> {
  grant.addOIDCScope([...oidc.requestParamOIDCScopes]);
  grant.addOIDCClaims([...oidc.requestParamClaims]);
  for (const [indicator, { scopes }] of Object.entries(oidc.resourceServers ?? {})) {
    const asked = [...oidc.requestParamScopes].filter((scope) => scopes.has(scope));
    if (asked.length > 0) grant.addResourceScope(indicator, asked);
  }
  // It lasts from now on, and longer if there is offline access now.
  grant.exp = undefined;
  await grant.save();
  return grant;
}

/** Two tabs of an application that sign in with one session at once get one grant, as two after each other do. */
function firstGrantId(of: { session: string; accountId: string; clientId: string }): string {
  return createHash('sha256').update(JSON.stringify(of)).digest('base64url');
}

/** Whether refresh tokens may come from a grant, which outlive the session. */
export const hasOfflineAccess = (grant: Pick<ExistingGrant, 'getOIDCScope'>): boolean =>
  grant.getOIDCScope().split(' ').includes('offline_access');
