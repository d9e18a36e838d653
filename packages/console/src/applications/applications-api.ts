import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, unwrap, unwrapList } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';
import { pageSize } from '../lists/paging.ts';

/** An application as the API tells it. */
export type Application = paths['/api/applications/{id}']['get']['responses'][200]['content']['application/json'];
export type ApplicationType = Application['type'];
/** What the forms hold of an application. */
export type ApplicationFields = {
  name: string;
  description: string;
  redirectUris: string[];
  postLogoutRedirectUris: string[];
  /** Whether it may call the Management API; only machine-to-machine applications can. */
  isAdmin: boolean;
};

/** What the form of a new one holds beside that. */
export type NewFields = ApplicationFields & Pick<Application, 'managementScopes'>;

/** What the form of an application that is there holds beside that; an empty number is as for every application. */
export type TokenFields = {
  corsAllowedOrigins: string[];
  idTokenTtl: number | '';
  refreshTokenTtlInDays: number | '';
  rotateRefreshToken: boolean;
  alwaysIssueRefreshToken: boolean;
};

/** The kinds in the order in which they are offered. */
export const applicationTypes = [
  'Traditional',
  'SPA',
  'Native',
  'MachineToMachine',
] as const satisfies ApplicationType[];

/** Whether people sign in through it, so that a sign-in has to lead back. */
export const signsIn = (type: ApplicationType): boolean => !isMachine(type);
/** Whether nobody can sign in for want of an address that leads back. */
export const lacksRedirectUri = (type: ApplicationType, { redirectUris }: Pick<ApplicationFields, 'redirectUris'>) =>
  signsIn(type) && redirectUris.every((uri) => uri.trim() === '');
/** Whether it calls APIs on its own behalf. */
export const isMachine = (type: ApplicationType): boolean => type === 'MachineToMachine';
/** Whether it can keep a secret. */
export const hasSecret = (type: ApplicationType): boolean => type === 'Traditional' || isMachine(type);

/** The parts of the Management API that an application may be given in place of all of it. */
export const managementParts = ['codes', 'users', 'read'] as const satisfies Application['managementScopes'];

/** Where everything about applications is kept. */
export const applicationsKey = ['applications'] as const;

/** A page of the applications. */
export const applicationsQuery = (page: number) =>
  queryOptions({
    queryKey: [...applicationsKey, 'list', page],
    queryFn: () => unwrapList(api.GET('/api/applications', { params: { query: { page, page_size: pageSize } } })),
    placeholderData: keepPreviousData,
  });

/** One application. */
export const applicationQuery = (id: string) =>
  queryOptions({
    queryKey: [...applicationsKey, id],
    queryFn: () => unwrap(api.GET('/api/applications/{id}', { params: { path: { id } } })),
  });

/** Makes an application; the reply alone tells its secret. @throws ApiError at the field at fault */
export function createApplication(type: ApplicationType, fields: NewFields) {
  const { isAdmin, managementScopes } = fields;
  const rights = isMachine(type) && { isAdmin, ...(isAdmin && { managementScopes }) };
  return unwrap(
    api.POST('/api/applications', {
      body: { ...bodyOf(type, fields), ...rights, type },
    }),
  );
}

/** Changes an application. @throws ApiError at the field at fault */
export function updateApplication(
  { id, type, customClientMetadata, isAdmin }: Application,
  fields: ApplicationFields & TokenFields,
): Promise<Application> {
  const tokens = signsIn(type) && { customClientMetadata: { ...customClientMetadata, ...tokensIn(fields) } };
  // Operators save the rest where only owners may say this.
  const body = { ...bodyOf(type, fields), ...tokens, ...(isAdmin !== fields.isAdmin && { isAdmin: fields.isAdmin }) };
  return unwrap(api.PATCH('/api/applications/{id}', { params: { path: { id } }, body }));
}

/** Says what an application may do in the Management API. */
export const grantScopes = (id: string, managementScopes: Application['managementScopes']) =>
  unwrap(api.PATCH('/api/applications/{id}', { params: { path: { id } }, body: { managementScopes } }));

/** Deletes an application for good. */
export const deleteApplication = (id: string) =>
  unwrap(api.DELETE('/api/applications/{id}', { params: { path: { id } } }));

/** Replaces the secret; the reply alone tells the new one. */
export const rotateSecret = (id: string) =>
  unwrap(api.POST('/api/applications/{id}/secrets/rotate', { params: { path: { id } } }));

const given = (uris: string[]) => uris.map((uri) => uri.trim()).filter((uri) => uri !== '');

function tokensIn({ corsAllowedOrigins, idTokenTtl, refreshTokenTtlInDays, ...switches }: TokenFields) {
  return {
    corsAllowedOrigins: given(corsAllowedOrigins),
    idTokenTtl: idTokenTtl === '' ? undefined : idTokenTtl,
    refreshTokenTtlInDays: refreshTokenTtlInDays === '' ? undefined : refreshTokenTtlInDays,
    rotateRefreshToken: switches.rotateRefreshToken,
    alwaysIssueRefreshToken: switches.alwaysIssueRefreshToken,
  };
}

function bodyOf(type: ApplicationType, { name, description, redirectUris, postLogoutRedirectUris }: ApplicationFields) {
  return {
    name: name.trim(),
    description: description.trim() || null,
    ...(signsIn(type) && {
      oidcClientMetadata: {
        redirectUris: given(redirectUris),
        postLogoutRedirectUris: given(postLogoutRedirectUris),
      },
    }),
  };
}
