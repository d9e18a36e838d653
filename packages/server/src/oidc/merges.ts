import Provider, { type AdapterPayload } from 'oidc-provider';
import type { MergeOidcModel } from '../store/oidc-models.ts';
import type { MergeSession } from '../store/oidc-sessions.ts';
import type { ResourceIds } from './meant-resources.ts';

/**
 * oidc-provider writes a session as a whole at the end of a request. Two applications may sign in with it at once: each
 * request has changed what there is for its own application, and the rest is as the record has it.
 */
export const keepOtherGrants: MergeSession = (stored, written, isRenamed) => {
  const [theirs, ours]: [StoredSession, StoredSession] = parse(stored, written);
  // Whoever signs in with the session of nobody gets it; otherwise it stays with its account.
  if (theirs.accountId !== ours.accountId) return isRenamed && !theirs.accountId ? written : undefined;
  const { client, route = '' } = Provider.ctx?.oidc ?? {};
  const { [client?.clientId ?? '']: before, ...others } = theirs.authorizations ?? {};
  const own = ours.authorizations?.[client?.clientId ?? ''];
  // Another tab may have got offline access.
  const persistsLogout = own?.persistsLogout || (before?.grantId === own?.grantId && before?.persistsLogout);
  return JSON.stringify({
    ...ours,
    ...(!isRenamed && { jti: theirs.jti }),
    ...(theirs.loginTs && signInOf(isRenamed && (ours.loginTs ?? 0) >= theirs.loginTs ? ours : theirs)),
    // What a sign-out asks, only a sign-out changes.
    state: route.startsWith('end_session') ? ours.state : theirs.state,
    authorizations: {
      ...others,
      ...(client && own && { [client.clientId]: { ...own, ...(persistsLogout && { persistsLogout }) } }),
    },
  });
};

/** When and how somebody has signed in, which a request changes only by signing in. */
const signInOf = ({ loginTs, acr, amr }: StoredSession) => ({ loginTs, acr, amr });

type StoredSession = AdapterPayload & { loginTs?: number; state?: Record<string, unknown> };

/** Two tabs may ask for different scopes of one grant at once: nothing that was granted is taken away. */
export const keepGranted: MergeOidcModel = (stored, { payload, expires_at }) => {
  const [theirs, ours]: [Granted, Granted] = parse(stored, payload);
  const both = (of: (grant: Granted) => string[] | undefined) => [
    ...new Set([...(of(theirs) ?? []), ...(of(ours) ?? [])]),
  ];
  const scopes = (of: (grant: Granted) => string | undefined) => both((grant) => of(grant)?.split(' ')).join(' ');
  const claims = both(({ openid }) => openid?.claims);
  const resources = both(({ resources }) => Object.keys(resources ?? {}));
  /** Whether it is another resource than before: then nothing of it was granted yet. */
  const isOther = (one: string) => {
    const [before, now] = [theirs, ours].map(({ resourceIds }) => resourceIds?.[one]);
    return before !== undefined && now !== undefined && before !== now;
  };
  const longer = (theirs.exp ?? 0) > (ours.exp ?? 0) ? theirs.exp : undefined;
  const merged = {
    ...ours,
    openid: { scope: scopes(({ openid }) => openid?.scope), ...(claims.length > 0 && { claims }) },
    ...(resources.length > 0 && {
      resources: Object.fromEntries(
        resources.map((one) => [one, isOther(one) ? ours.resources?.[one] : scopes((grant) => grant.resources?.[one])]),
      ),
      resourceIds: { ...theirs.resourceIds, ...ours.resourceIds },
    }),
    ...(longer && { exp: longer }),
  };
  return { payload: JSON.stringify(merged), expires_at: longer ? longer * 1000 : expires_at };
};

/** What is read of the record that oidc-provider keeps of a grant; scopes with spaces between them. */
type Granted = AdapterPayload & {
  openid?: { scope?: string; claims?: string[] };
  resources?: Record<string, string>;
  resourceIds?: ResourceIds;
};

const parse = (stored: string, written: string): [AdapterPayload, AdapterPayload] => [
  JSON.parse(stored),
  JSON.parse(written),
];
