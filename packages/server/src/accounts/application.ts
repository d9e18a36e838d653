import type { ApplicationType } from '../store/tables/applications.ts';
import type { CustomClientMetadata } from './custom-client-metadata.ts';
import type { ManagementScope } from './resources/management-scopes.ts';

type JsonObject = Record<string, unknown>;

/** Where a sign-in and a sign-out may lead back to. */
export type OidcClientMetadata = { redirectUris: string[]; postLogoutRedirectUris: string[] };

/** An application as the API shows it; never the secret. Times are milliseconds since the epoch. */
export type Application = {
  id: string;
  name: string;
  description: string | null;
  type: ApplicationType;
  oidcClientMetadata: OidcClientMetadata;
  customClientMetadata: CustomClientMetadata;
  customData: JsonObject;
  /** Whether it may call the Management API. */
  isAdmin: boolean;
  /** What of it. */
  managementScopes: ManagementScope[];
  createdAt: number;
  updatedAt: number;
};

/** What may be said of an application. */
export type ApplicationFields = {
  name?: string | undefined;
  description?: string | null | undefined;
  /** A list that is left out stays as it was. */
  oidcClientMetadata?: { [K in keyof OidcClientMetadata]?: OidcClientMetadata[K] | undefined } | undefined;
  /** Replaces the object that was there. */
  customClientMetadata?: CustomClientMetadata | undefined;
  /** Replaces the object that was there. */
  customData?: JsonObject | undefined;
  /** Whether it may call the Management API; only a machine-to-machine application can. */
  isAdmin?: boolean | undefined;
  /** What of it; at least one. */
  managementScopes?: readonly ManagementScope[] | undefined;
};
