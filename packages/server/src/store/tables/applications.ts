export type ApplicationType = 'SPA' | 'Native' | 'Traditional' | 'MachineToMachine';

export type ApplicationsTable = {
  id: string;
  name: string;
  description: string | null;
  type: ApplicationType;
  /** SHA-256 of the secret; null for public clients. */
  secret_digest: string | null;
  /** JSON: `{redirectUris, postLogoutRedirectUris}`. */
  oidc_client_metadata: string;
  /** JSON: token lifetimes and the like. */
  custom_client_metadata: string;
  /** JSON object of the administrator's own. */
  custom_data: string;
  /** Whether it may call the Management API; 0 for all but machine-to-machine applications. */
  is_admin: number;
  /** What of it: scopes with spaces between them; null for everything. */
  management_scopes: string | null;
  /** Tells it from an application that had its id before and was deleted; null only while an older version runs beside. */
  instance: string | null;
  created_at: number;
  updated_at: number;
};

/** An API of the operator's own, which tokens are made for. */
export type ResourcesTable = {
  id: string;
  name: string;
  /** URI that tokens are asked for by, and their audience. */
  indicator: string;
  /** Seconds. */
  access_token_ttl: number;
  created_at: number;
};

export type ResourceScopesTable = {
  id: string;
  resource_id: string;
  name: string;
  description: string | null;
  /** Whether users do not get it. */
  machines_only: number;
  created_at: number;
};

/** What tokens are for where none is asked for; the key on `purpose`, which is always `default`, keeps it to one. */
export type DefaultResourceTable = { purpose: 'default'; resource_id: string };
