import type { Client, ClientMetadata, Configuration, KoaContextWithOIDC } from 'oidc-provider';
import type { CustomClientMetadata } from '../accounts/custom-client-metadata.ts';
import { hasOfflineAccess } from './grants.ts';

/** Where the metadata of a client hold what its application says of its tokens. */
export const customClientMetadata = 'customClientMetadata';
/** Where they hold whether it may call the Management API. */
export const isAdmin = 'isAdmin';
/** Where they hold what of it. */
export const grantedScopes = 'managementScopes';
/** Where they, and tokens for the Management API, hold which application of its id it is. */
export const clientInstance = 'client_instance';

const hour = 60 * 60;
const day = 24 * hour;

const known = new WeakMap<Client, ClientMetadata>();

/** The metadata of a client, which never change; oidc-provider makes them anew each time. */
export function metadataOf(client: Client): ClientMetadata {
  const metadata = known.get(client) ?? client.metadata();
  known.set(client, metadata);
  return metadata;
}

const settingsOf = (client: Client | undefined): CustomClientMetadata =>
  (client && (metadataOf(client)[customClientMetadata] as CustomClientMetadata | undefined)) ?? {};

function refreshTokenTtl(client: Client): number {
  const { refreshTokenTtlInDays: days, refreshTokenTtl: seconds } = settingsOf(client);
  return days === undefined ? (seconds ?? 14 * day) : days * day;
}

/** Which application of its id a client is; the account page is none. */
export const instanceOf = (client: Client | undefined): string | undefined =>
  client && (metadataOf(client)[clientInstance] as string | undefined);

/** What an application decides about its tokens and about who may call for them; seconds. */
export const clientSettings = {
  extraClientMetadata: { properties: [customClientMetadata, isAdmin, grantedScopes, clientInstance] },
  idTokenTtl: (client: Client): number => settingsOf(client).idTokenTtl ?? hour,
  refreshTokenTtl,
  /** With offline access, as long as refresh tokens can be renewed without another sign-in. */
  grantTtl: ({ oidc: { client } }: KoaContextWithOIDC, grant: Parameters<typeof hasOfflineAccess>[0]): number => {
    const renewable = Math.max(180 * day, client ? refreshTokenTtl(client) : 0);
    return hasOfflineAccess(grant) ? renewable : 14 * day;
  },
  rotateRefreshToken: ({ oidc }) => settingsOf(oidc.client).rotateRefreshToken ?? true,
  /** Native applications ask for `offline_access`, whatever their settings say. */
  issueRefreshToken: async (_ctx, client, { scopes }) => {
    const isAlways = client.applicationType === 'web' && settingsOf(client).alwaysIssueRefreshToken === true;
    return client.grantTypeAllowed('refresh_token') && (isAlways || scopes.has('offline_access'));
  },
  /** The origins of the redirect URIs, and those that the application names. */
  clientBasedCORS: (_ctx, origin, client) =>
    origin !== 'null' &&
    (settingsOf(client).corsAllowedOrigins?.includes(origin) ||
      (client.redirectUris ?? []).some((uri) => URL.parse(uri)?.origin === origin)),
} satisfies Partial<Configuration> & Record<`${string}Ttl`, unknown>;
