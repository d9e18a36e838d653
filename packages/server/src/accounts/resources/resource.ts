/** An API that tokens are made for: one of the operator's own, or the Management API. */
export type Resource = {
  id: string;
  name: string;
  /** URI that tokens are asked for by, and their audience (RFC 8707). */
  indicator: string;
  /** Whether tokens are for it where none is asked for. */
  isDefault: boolean;
  /** How long its access tokens work, in seconds. */
  accessTokenTtl: number;
};

/** What an application may ask to do at a resource. The time is in milliseconds since the epoch. */
export type Scope = {
  id: string;
  resourceId: string;
  name: string;
  description: string | null;
  /** Whether no token of a user gets it, only those of machine-to-machine applications. */
  machinesOnly: boolean;
  createdAt: number;
};
