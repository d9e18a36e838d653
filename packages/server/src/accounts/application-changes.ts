import { ApiError } from '../errors.ts';
import type { ApplicationChanges } from '../store/applications.ts';
import type { ApplicationsTable } from '../store/schema.ts';
import type { ApplicationFields, OidcClientMetadata } from './application.ts';
import { type CustomClientMetadata, readOrigin } from './custom-client-metadata.ts';
import { redirectUriProblem } from './redirect-uris.ts';

/** What the fields change of a row. @throws ApiError `guard.invalid_input` with the field at fault */
export function toChanges(fields: ApplicationFields, row: ApplicationsTable): Omit<ApplicationChanges, 'updated_at'> {
  const { name, description, oidcClientMetadata, customClientMetadata, customData, isAdmin, managementScopes } = fields;
  if (isAdmin && row.type !== 'MachineToMachine') {
    throw invalid('isAdmin', 'Only machine-to-machine applications call the Management API: leave it out.', 'body');
  }
  if (managementScopes && row.type !== 'MachineToMachine') {
    const message = 'Only machine-to-machine applications call the Management API: leave it out.';
    throw invalid('managementScopes', message, 'body');
  }
  return {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(isAdmin !== undefined && { is_admin: Number(isAdmin) }),
    ...(managementScopes && { management_scopes: [...new Set(managementScopes)].join(' ') }),
    ...(customData !== undefined && { custom_data: JSON.stringify(customData) }),
    ...(customClientMetadata && { custom_client_metadata: JSON.stringify(withOrigins(customClientMetadata)) }),
    ...(oidcClientMetadata && { oidc_client_metadata: mergeUris(oidcClientMetadata, row) }),
  };
}

function mergeUris(changes: NonNullable<ApplicationFields['oidcClientMetadata']>, row: ApplicationsTable): string {
  const before = JSON.parse(row.oidc_client_metadata) as OidcClientMetadata;
  const checked = (list: keyof OidcClientMetadata) => {
    const uris = changes[list] ?? before[list];
    for (const [index, uri] of uris.entries()) {
      const problem = redirectUriProblem(uri, row.type);
      if (problem) throw invalid(`oidcClientMetadata.${list}.${index}`, problem, 'body');
    }
    return uris;
  };
  return JSON.stringify({
    redirectUris: checked('redirectUris'),
    postLogoutRedirectUris: checked('postLogoutRedirectUris'),
  });
}

/** With the origins as browsers send them. */
function withOrigins({ corsAllowedOrigins, ...others }: CustomClientMetadata): CustomClientMetadata {
  if (!corsAllowedOrigins) return others;
  const origins = corsAllowedOrigins.map((value, index) => {
    const read = readOrigin(value);
    if ('problem' in read) throw invalid(`customClientMetadata.corsAllowedOrigins.${index}`, read.problem, 'body');
    return read.origin;
  });
  return { ...others, corsAllowedOrigins: [...new Set(origins)] };
}

/** A refusal of one field. */
export function invalid(path: string, message: string, where: 'body' | 'params'): ApiError {
  return new ApiError('guard.invalid_input', { issues: [{ in: where, path, message }] });
}
