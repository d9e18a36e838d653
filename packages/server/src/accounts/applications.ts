import { createHash } from 'node:crypto';
import { ApiError } from '../errors.ts';
import { checkCustomBytes } from '../kept-json.ts';
import { newShortId, type Platform } from '../platform.ts';
import { refusalsOf, refusedField } from '../refusals.ts';
import {
  deleteApplication,
  findApplication,
  insertApplication,
  insertApplicationOrSetSecret,
  listApplications,
  updateApplication,
} from '../store/applications.ts';
import type { Held } from '../store/held.ts';
import type { Store } from '../store/store.ts';
import type { ApplicationsTable, ApplicationType } from '../store/tables/applications.ts';
import type { Application, ApplicationFields, OidcClientMetadata } from './application.ts';
import { applicationRefusals, toChanges } from './application-changes.ts';
import { type ManagementScope, managementScopesIn } from './resources/management-scopes.ts';

/** How many applications are held in memory at once, a few kB each at most. */
export const maxHeldApplications = 1_000;

type JsonObject = Record<string, unknown>;

/** An application to make; one that applications know already keeps its id and its secret. */
export type NewApplication = ApplicationFields & {
  id?: string | undefined;
  name: string;
  type: ApplicationType;
  secret?: string | undefined;
};

export type Applications = ReturnType<typeof createApplications>;

/** What a secret is kept as: SHA-256, in hex. The secrets are random, so nothing slower is needed. */
export const digestSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Applications that sign people in, or that call the Management API. Unknown ids are `entity.not_found`. */
export function createApplications({ store, platform, held }: { store: Store; platform: Platform; held: Held }) {
  const find = held.values(maxHeldApplications, (id) => findApplication(store, id));
  /** Clients of Logto take ids of up to 21 characters. */
  const newApplicationId = () => newShortId(platform, 20);
  const newSecret = () => platform.randomBytes(32).toString('base64url');

  function newRow(id: string, name: string, type: ApplicationType, secret: string | undefined): ApplicationsTable {
    const now = platform.now();
    const secret_digest = secret === undefined ? null : digestSecret(secret);
    const empty = {
      description: null,
      oidc_client_metadata: JSON.stringify(noUris),
      custom_client_metadata: '{}',
      custom_data: '{}',
      is_admin: Number(type === 'MachineToMachine'),
      management_scopes: null,
      instance: newApplicationId(),
    };
    return { id, name, type, secret_digest, ...empty, created_at: now, updated_at: now };
  }

  return {
    /** A page of them, or of those of some types, newest first; the first page is 1. */
    async list({ page, pageSize, types }: { page: number; pageSize: number; types?: ApplicationType[] | undefined }) {
      const slice = { limit: pageSize, offset: (page - 1) * pageSize };
      const { applications, total } = await listApplications(store, slice, types);
      return { applications: applications.map(toApplication), total };
    },

    get: async (id: string): Promise<Application> => toApplication(known(await findApplication(store, id))),

    /** How the application with this id is called, from memory; null where there is none. */
    nameOf: async (id: string): Promise<string | null> => (await find(id))?.name ?? null,

    /**
     * What of the Management API the application with this id may call, from memory; `undefined` where there is none, or
     * it may call nothing of it.
     * @param instance which one of its id it has to be
     */
    async mayManage(id: string, instance?: string): Promise<ManagementScope[] | undefined> {
      const row = await find(id);
      const isAdmin = row?.is_admin === 1 && (instance === undefined || instance === row.instance);
      return isAdmin ? scopesOf(row) : undefined;
    },

    /**
     * Makes an application. The secret is told this once; SPA and Native are public clients and have none. A
     * machine-to-machine application may call the Management API unless told otherwise.
     * @throws ApiError `entity.id_in_use`
     */
    async create({ id = newApplicationId(), type, secret: given, ...fields }: NewApplication) {
      if (given !== undefined && !hasSecret(type)) throw refusedField('secret', publicClient);
      const secret = hasSecret(type) ? (given ?? newSecret()) : undefined;
      const row = newRow(id, fields.name, type, secret);
      Object.assign(row, toChanges(fields, row));
      if (!(await insertApplication(store, row))) refuseId(id);
      return { ...toApplication(row), ...(secret !== undefined && { secret }) };
    },

    /**
     * All that is wrong with fields of an application to make, or to change where it has an id already. Without a type,
     * what no type takes.
     */
    async refusals(fields: Partial<NewApplication>, known?: string): Promise<ApiError[]> {
      const type = known === undefined ? fields.type : (await findApplication(store, known))?.type;
      const { id, secret } = fields;
      const isTaken = known === undefined && id !== undefined && (await findApplication(store, id)) !== undefined;
      return [
        ...(isTaken ? refusalsOf({ id: () => refuseId(id) }) : []),
        ...(secret !== undefined && type && !hasSecret(type) ? [refusedField('secret', publicClient)] : []),
        ...applicationRefusals(fields, type ?? 'Native'),
      ];
    },

    /** Changes what is given. */
    async update(id: string, fields: ApplicationFields): Promise<Application> {
      const row = known(await findApplication(store, id));
      const changes = { ...toChanges(fields, row), updated_at: platform.now() };
      const onlyIf = fields.oidcClientMetadata && { oidc_client_metadata: row.oidc_client_metadata };
      const updated = await updateApplication(store, id, changes, onlyIf);
      // Somebody changed the URIs meanwhile, or deleted the application.
      return updated ? toApplication(updated) : this.update(id, fields);
    },

    /** Changes the keys of the custom data that are given. @returns all of them */
    async mergeCustomData(id: string, changes: JsonObject): Promise<JsonObject> {
      const { custom_data } = known(await findApplication(store, id));
      const merged = { ...JSON.parse(custom_data), ...changes };
      checkCustomBytes('', merged);
      const change = { custom_data: JSON.stringify(merged), updated_at: platform.now() };
      const updated = await updateApplication(store, id, change, { custom_data });
      // Somebody changed them meanwhile, or deleted the application.
      return updated ? toApplication(updated).customData : this.mergeCustomData(id, changes);
    },

    /** Makes its tokens void, also for an application that is made with its id again. */
    async delete(id: string): Promise<void> {
      if (!(await deleteApplication(store, id))) throw new ApiError('entity.not_found');
    },

    /** Replaces the secret at once, and tells the new one this once. Tokens that were issued stay valid. */
    async rotateSecret(id: string): Promise<Application & { secret: string }> {
      const { type } = known(await findApplication(store, id));
      if (!hasSecret(type)) {
        throw new ApiError('guard.invalid_input', { issues: [{ in: 'params', path: 'id', message: publicClient }] });
      }
      const secret = newSecret();
      const changes = { secret_digest: digestSecret(secret), updated_at: platform.now() };
      return { ...toApplication(known(await updateApplication(store, id, changes))), secret };
    },

    /**
     * Makes sure that there is a machine-to-machine application with this id and this secret which may call the
     * Management API; safe to repeat. @returns what that took
     */
    async seed({ id, secret, name }: { id: string; secret: string; name: string }): Promise<SeedStep[]> {
      // RFC 6749, A.1 and A.2: an id and a secret are made of these.
      if (![id, secret].every((value) => /^[\x20-\x7e]{1,128}$/.test(value))) {
        throw new Error(
          'The id and the secret of the management application take up to 128 printable ASCII characters.',
        );
      }
      const row = newRow(id, name, 'MachineToMachine', secret);
      const outcome = await insertApplicationOrSetSecret(store, row);
      const admission = { is_admin: 1, updated_at: row.updated_at };
      const admitted = await updateApplication(store, id, admission, { type: 'MachineToMachine', is_admin: 0 });
      return [...(outcome === 'same' ? [] : [outcome]), ...(admitted ? (['admitted'] as const) : [])];
    },
  };
}

/** The application was created, got another secret, or may call the Management API again. */
export type SeedStep = 'created' | 'changed' | 'admitted';

const publicClient = 'This application is a public client and has no secret.';

function refuseId(id: string): never {
  throw new ApiError('entity.id_in_use', { id });
}

const noUris: OidcClientMetadata = { redirectUris: [], postLogoutRedirectUris: [] };

const hasSecret = (type: ApplicationType) => type === 'Traditional' || type === 'MachineToMachine';

/** What of the Management API an application may call, if it may at all. */
const scopesOf = ({ management_scopes: scopes }: ApplicationsTable): ManagementScope[] =>
  managementScopesIn(scopes?.split(' ') ?? ['all']);

function known(row: ApplicationsTable | undefined): ApplicationsTable {
  if (!row) throw new ApiError('entity.not_found');
  return row;
}

function toApplication(row: ApplicationsTable): Application {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    type: row.type,
    oidcClientMetadata: JSON.parse(row.oidc_client_metadata),
    customClientMetadata: JSON.parse(row.custom_client_metadata),
    customData: JSON.parse(row.custom_data),
    isAdmin: row.is_admin === 1,
    managementScopes: scopesOf(row),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
