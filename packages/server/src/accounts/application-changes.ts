import type { ApiError } from '../errors.ts';
import { refusedField } from '../refusals.ts';
import type { ApplicationChanges } from '../store/applications.ts';
import type { ApplicationsTable, ApplicationType } from '../store/tables/applications.ts';
import type { ApplicationFields, OidcClientMetadata } from './application.ts';
import { type CustomClientMetadata, readOrigin } from './custom-client-metadata.ts';
import { redirectUriProblem } from './redirect-uris.ts';

/** All that is wrong with the fields of an application of a type. */
export function applicationRefusals(
  { oidcClientMetadata = {}, customClientMetadata = {}, isAdmin, managementScopes }: ApplicationFields,
  type: ApplicationType,
): ApiError[] {
  const { redirectUris, postLogoutRedirectUris } = oidcClientMetadata;
  const forMachines = 'Only machine-to-machine applications call the Management API: leave it out.';
  const isPerson = type !== 'MachineToMachine';
  const wrong = (path: string, message: string | undefined) => (message ? [refusedField(path, message)] : []);
  const wrongUris = (list: string, uris: readonly string[] = []) =>
    uris.flatMap((uri, index) => wrong(`oidcClientMetadata.${list}.${index}`, redirectUriProblem(uri, type)));
  const wrongOrigins = (customClientMetadata.corsAllowedOrigins ?? []).flatMap((origin, index) => {
    const read = readOrigin(origin);
    return wrong(`customClientMetadata.corsAllowedOrigins.${index}`, 'problem' in read ? read.problem : undefined);
  });
  return [
    ...wrong('isAdmin', isAdmin && isPerson ? forMachines : undefined),
    ...wrong('managementScopes', managementScopes && isPerson ? forMachines : undefined),
    ...wrongOrigins,
    ...wrongUris('redirectUris', redirectUris),
    ...wrongUris('postLogoutRedirectUris', postLogoutRedirectUris),
  ];
}

/** What the fields change of a row. @throws ApiError `guard.invalid_input` with the first field at fault */
export function toChanges(fields: ApplicationFields, row: ApplicationsTable): Omit<ApplicationChanges, 'updated_at'> {
  const { name, description, oidcClientMetadata, customClientMetadata, customData, isAdmin, managementScopes } = fields;
  const [wrong] = applicationRefusals(fields, row.type);
  if (wrong) throw wrong;
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
  return JSON.stringify({
    redirectUris: changes.redirectUris ?? before.redirectUris,
    postLogoutRedirectUris: changes.postLogoutRedirectUris ?? before.postLogoutRedirectUris,
  });
}

/** With the origins as browsers send them. */
function withOrigins({ corsAllowedOrigins, ...others }: CustomClientMetadata): CustomClientMetadata {
  if (!corsAllowedOrigins) return others;
  const origins = corsAllowedOrigins.flatMap((value) => {
    const read = readOrigin(value);
    return 'origin' in read ? [read.origin] : [];
  });
  return { ...others, corsAllowedOrigins: [...new Set(origins)] };
}
