import { queryOptions } from '@tanstack/react-query';
import { apiErrorOf, toApiError } from '../api/api-error.ts';
import { api, unwrap } from '../api/client.ts';

/** Where applications find this server; every address in full. */
export type Endpoints = {
  issuer: string;
  authorization: string;
  token: string;
  userinfo: string;
  endSession: string;
  managementApi: string;
  /** What tokens of the Management API are asked for. */
  apiIndicator: string;
};

/** What the server tells every application about itself (OpenID Connect Discovery 1.0, section 4). */
export const endpointsQuery = queryOptions({
  queryKey: ['oidc-endpoints'],
  queryFn: fetchEndpoints,
  staleTime: Number.POSITIVE_INFINITY,
});

async function fetchEndpoints(): Promise<Endpoints> {
  const { apiIndicator } = await unwrap(api.GET('/api/console/session'));
  const response = await fetch('/oidc/.well-known/openid-configuration').catch((error) => {
    throw toApiError(error);
  });
  const found = (await response.json().catch(() => undefined)) as Record<string, string> | undefined;
  if (!response.ok || !found?.issuer) throw apiErrorOf(response, found);
  return {
    issuer: found.issuer,
    authorization: found.authorization_endpoint ?? '',
    token: found.token_endpoint ?? '',
    userinfo: found.userinfo_endpoint ?? '',
    endSession: found.end_session_endpoint ?? '',
    managementApi: found.issuer.replace(/\/oidc$/, '/api'),
    apiIndicator,
  };
}
