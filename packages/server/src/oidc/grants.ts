import type { KoaContextWithOIDC } from 'oidc-provider';

type ExistingGrant = InstanceType<KoaContextWithOIDC['oidc']['provider']['Grant']>;

/**
 * The grant of this session and application, with all that is asked for: the applications are the operator's own, so
 * that nobody is asked for consent.
 */
export async function loadGrant({ oidc }: KoaContextWithOIDC): Promise<ExistingGrant | undefined> {
  const { provider, session, client, account, resourceServers } = oidc;
  if (!session || !client || !account) return undefined;
  const grantId = session.grantIdFor(client.clientId);
  const known = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  const isTheirs = known?.accountId === account.accountId && known.clientId === client.clientId;
  const grant = isTheirs ? known : new provider.Grant({ accountId: account.accountId, clientId: client.clientId });
  grant.addOIDCScope([...oidc.requestParamOIDCScopes]);
  grant.addOIDCClaims([...oidc.requestParamClaims]);
  for (const [indicator, { scopes }] of Object.entries(resourceServers ?? {})) {
    const asked = [...oidc.requestParamScopes].filter((scope) => scopes.has(scope));
    if (asked.length > 0) grant.addResourceScope(indicator, asked);
  }
  // It lasts from now on, and longer if there is offline access now.
  grant.exp = undefined;
  await grant.save();
  return grant;
}

/** Whether refresh tokens may come from a grant, which outlive the session. */
export const hasOfflineAccess = (grant: Pick<ExistingGrant, 'getOIDCScope'>): boolean =>
  grant.getOIDCScope().split(' ').includes('offline_access');
