import Provider, { type AdapterPayload } from 'oidc-provider';
import type { MergeOidcModel } from '../store/oidc-models.ts';

/**
 * oidc-provider writes a session as a whole at the end of a request. Two applications may sign in with it at once: each
 * request has changed what there is for its own application, and the rest is as the record has it.
 */
const keepOtherGrants: MergeOidcModel = (stored, { payload, expires_at }) => {
  const [theirs, ours] = parse(stored, payload);
  if (theirs.accountId !== ours.accountId) return { payload, expires_at };
  const { clientId = '' } = Provider.ctx?.oidc.client ?? {};
  const { [clientId]: before, ...others } = theirs.authorizations ?? {};
  const own = ours.authorizations?.[clientId];
  // Another tab may have got offline access.
  const persistsLogout = own?.persistsLogout || (before?.grantId === own?.grantId && before?.persistsLogout);
  const authorizations = {
    ...others,
    ...(own && { [clientId]: { ...own, ...(persistsLogout && { persistsLogout }) } }),
  };
  return { payload: JSON.stringify({ ...ours, authorizations }), expires_at };
};

/** Two tabs may ask for different scopes of one grant at once: nothing that was granted is taken away. */
const keepGranted: MergeOidcModel = (stored, { payload, expires_at }) => {
  const [theirs, ours]: [Granted, Granted] = parse(stored, payload);
  const both = (of: (grant: Granted) => string[] | undefined) => [
    ...new Set([...(of(theirs) ?? []), ...(of(ours) ?? [])]),
  ];
  const scopes = (of: (grant: Granted) => string | undefined) => both((grant) => of(grant)?.split(' ')).join(' ');
  const claims = both(({ openid }) => openid?.claims);
  const resources = both(({ resources }) => Object.keys(resources ?? {}));
  const longer = (theirs.exp ?? 0) > (ours.exp ?? 0) ? theirs.exp : undefined;
  const merged = {
    ...ours,
    openid: { scope: scopes(({ openid }) => openid?.scope), ...(claims.length > 0 && { claims }) },
    ...(resources.length > 0 && {
      resources: Object.fromEntries(resources.map((one) => [one, scopes((grant) => grant.resources?.[one])])),
    }),
    ...(longer && { exp: longer }),
  };
  return { payload: JSON.stringify(merged), expires_at: longer ? longer * 1000 : expires_at };
};

/** What is read of the record that oidc-provider keeps of a grant; scopes with spaces between them. */
type Granted = AdapterPayload & {
  openid?: { scope?: string; claims?: string[] };
  resources?: Record<string, string>;
};

const parse = (stored: string, written: string): [AdapterPayload, AdapterPayload] => [
  JSON.parse(stored),
  JSON.parse(written),
];

/** What several requests write at once, and how none of them takes away what another has added. */
export const merges: ReadonlyMap<string, MergeOidcModel> = new Map([
  ['Session', keepOtherGrants],
  ['Grant', keepGranted],
]);
