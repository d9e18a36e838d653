import type { ClientMetadata } from 'oidc-provider';
import type { ApplicationsTable } from '../store/tables/applications.ts';
import { clientInstance, customClientMetadata, grantedScopes, isAdmin } from './client-settings.ts';

/**
 * An application as oidc-provider knows it (OpenID Connect Dynamic Client Registration 1.0, section 2). In place of the
 * secret stands its digest; `provider.ts` compares accordingly.
 */
export function toClientMetadata(application: ApplicationsTable): ClientMetadata {
  const { redirectUris, postLogoutRedirectUris } = JSON.parse(application.oidc_client_metadata);
  const signsIn = application.type !== 'MachineToMachine';
  const isPublic = application.secret_digest === null;
  return {
    client_id: application.id,
    client_name: application.name,
    application_type: application.type === 'Native' ? 'native' : 'web',
    redirect_uris: redirectUris,
    post_logout_redirect_uris: postLogoutRedirectUris,
    grant_types: signsIn ? ['authorization_code', 'refresh_token'] : ['client_credentials'],
    // Without a redirect URI there is nowhere to send a code; oidc-provider would refuse the client as a whole.
    response_types: signsIn && redirectUris.length > 0 ? ['code'] : [],
    token_endpoint_auth_method: isPublic ? 'none' : 'client_secret_basic',
    [isAdmin]: application.is_admin === 1,
    [grantedScopes]: application.management_scopes ?? 'all',
    ...(application.instance !== null && { [clientInstance]: application.instance }),
    [customClientMetadata]: JSON.parse(application.custom_client_metadata),
    ...(!isPublic && { client_secret: application.secret_digest as string }),
  };
}
