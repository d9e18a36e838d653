import { type Client, type Configuration, errors } from 'oidc-provider';
import { isManagementApi } from '../accounts/resources/management-api.ts';
import { managementScopeNames } from '../accounts/resources/management-scopes.ts';
import { reservedScopes } from '../accounts/resources/reserved-scopes.ts';
import type { Resource, Scope } from '../accounts/resources/resource.ts';
import type { Resources } from '../accounts/resources/resources.ts';
import type { Scopes } from '../accounts/resources/scopes.ts';
import { grantedScopes, isAdmin, metadataOf } from './client-settings.ts';
import { meansResource } from './meant-resources.ts';

type ResourceIndicators = NonNullable<NonNullable<Configuration['features']>['resourceIndicators']>;

type Deps = { resources: Resources; scopes: Scopes; apiIndicator: string };

const unknownResource =
  'no API resource has this indicator; it is compared character by character, a slash at the end included';

/**
 * Access tokens for resources (RFC 8707): JWTs (RFC 9068) that a resource verifies on its own. Whoever signs in gets
 * the scopes that the application asks for; what only machine-to-machine applications get is left out, like scopes
 * that the resource does not have (OpenID Connect Core 1.0, section 3.1.2.1). A back end is told of what it cannot have. The Management API gives tokens to machine-to-machine applications alone, and to
 * those only that may call it. A resource is looked up each time, so that none is made for one that was deleted.
 */
export function resourceIndicators({ resources, scopes, apiIndicator }: Deps): ResourceIndicators {
  return {
    enabled: true,
    async defaultResource(_ctx, client, oneOf) {
      if (oneOf) return oneOf;
      const indicator = await resources.defaultIndicator();
      if (indicator !== undefined) return indicator;
      if (!isMachine(client)) return [];
      const hint = mayManage(client) ? `; the Management API is ${apiIndicator}` : '';
      throw new errors.InvalidTarget(`ask for a resource${hint}`);
    },
    async getResourceServerInfo(ctx, indicator, client) {
      const resource = await resources.find(indicator);
      if (!resource || !meansResource(indicator, resource.id)) throw new errors.InvalidTarget(unknownResource);
      if (isManagementApi(resource.id) && !mayManage(client)) {
        throw new errors.InvalidTarget(
          'only machine-to-machine applications that may call the Management API (isAdmin) get tokens for it',
        );
      }
      const all = await scopes.ofResource(resource.id);
      const granted = all.filter(
        ({ machinesOnly, name }) =>
          (!machinesOnly || isMachine(client)) && (!isManagementApi(resource.id) || grantedTo(client).includes(name)),
      );
      if (isMachine(client)) refuseWhatIsNotGranted(String(ctx.oidc.params?.scope ?? ''), granted, resource);
      return {
        scope: granted.map(({ name }) => name).join(' '),
        audience: indicator,
        accessTokenFormat: 'jwt',
        accessTokenTTL: resource.accessTokenTtl,
        jwt: { sign: { alg: 'ES256' } },
      };
    },
  };
}

/**
 * A back end gets a token with all that it asks for, or learns why not (RFC 6749, section 5.2): without a scope its calls
 * would only be refused later. What is about a user means nothing to it and is passed over.
 */
function refuseWhatIsNotGranted(asked: string, granted: readonly Scope[], { id }: Resource): void {
  const names = granted.map(({ name }) => name);
  const missing = asked.split(' ').filter((scope) => scope && !names.includes(scope) && !reservedScopes.has(scope));
  if (missing.length === 0) return;
  const [whose, field] = isManagementApi(id)
    ? ['this application may ask for', ' (managementScopes)']
    : ['the API has'];
  throw new errors.InvalidScope(`${whose}: ${names.join(' ') || 'no scopes'}${field ?? ''}`, missing.join(' '));
}

/** Whoever may do everything may also ask for less. */
function grantedTo(client: Client): readonly string[] {
  const granted = String(metadataOf(client)[grantedScopes] ?? 'all').split(' ');
  return granted.includes('all') ? managementScopeNames : granted;
}

const isMachine = (client: Client) => client.grantTypeAllowed('client_credentials');
const mayManage = (client: Client) => metadataOf(client)[isAdmin] === true;

/**
 * Logto takes several resources in one parameter, too, with commas between them. @returns the path with its query, in
 * which each has a parameter of its own
 */
export function withResourcesApart(path: string): string {
  const start = path.indexOf('?') + 1;
  const parameters = new URLSearchParams(start > 0 ? path.slice(start) : '');
  const given = parameters.getAll('resource');
  if (!given.some((value) => value.includes(','))) return path;
  parameters.delete('resource');
  for (const resource of given.flatMap((value) => value.split(','))) parameters.append('resource', resource);
  return `${path.slice(0, start)}${parameters}`;
}
