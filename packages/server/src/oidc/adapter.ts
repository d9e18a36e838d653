import Provider, { type Adapter, type AdapterFactory, type AdapterPayload, errors } from 'oidc-provider';
import { maxHeldApplications } from '../accounts/applications.ts';
import { maxHeldResources } from '../accounts/resources/resources.ts';
import { isStorable } from '../kept-json.ts';
import type { Platform } from '../platform.ts';
import { findApplication } from '../store/applications.ts';
import type { Held } from '../store/held.ts';
import {
  deleteOidcModelsOfGrant,
  ended,
  endOidcGrant,
  endOidcModelsOfCode,
  forgetRefreshTokens,
} from '../store/oidc-grants.ts';
import {
  consumeOidcModel,
  deletingOidcModel,
  findOidcModel,
  lockOfOidcModel,
  mergeOidcModel,
  type OidcModelKey,
  type OidcModelRecord,
  upsertingOidcModel,
  upsertOidcModel,
} from '../store/oidc-models.ts';
import { findResource } from '../store/resources.ts';
import type { Store } from '../store/store.ts';
import { accountApplication, accountClient } from './account-client.ts';
import { type Admit, admitAnonymous } from './admission.ts';
import { toClientMetadata } from './client-metadata.ts';
import { instanceOf } from './client-settings.ts';
import { createGrantLimit } from './grant-limit.ts';
import { withoutOthers, withResourceIds } from './meant-resources.ts';
import { keepGranted } from './merges.ts';
import type { RefreshTokenNames } from './refresh-token-names.ts';
import { handedIn, isOfNewSession, isResuming } from './resume.ts';
import { createSessionAdapter } from './session-adapter.ts';
import { findRecord } from './token-origin.ts';
import { currentTokenWrites, endsCodeAlone } from './token-writes.ts';
import { writeLater } from './waiting-writes.ts';

type Deps = {
  store: Store;
  platform: Platform;
  held: Held;
  /** Where the account page is, which signs people in too. */
  publicUrl: string;
  admit: Admit;
  refreshTokens: RefreshTokenNames;
};

/** Keeps the state of oidc-provider in the store, a record per model and id. Clients are the applications. */
export function createAdapterFactory({ store, platform, held, publicUrl, admit, refreshTokens }: Deps): AdapterFactory {
  const sessions = createSessionAdapter({ store, platform, admit });
  const countToken = createGrantLimit(platform);
  const findApplicationClient = held.values(maxHeldApplications, async (id) => {
    const application = isStorable(id) ? await findApplication(store, id) : undefined;
    return application && toClientMetadata(application);
  });
  const findClient = async (id: string): Promise<AdapterPayload | undefined> =>
    id === accountApplication.id ? accountClient(publicUrl) : findApplicationClient(id);
  const findResourceId = held.values(maxHeldResources, async (indicator) =>
    isStorable(indicator) ? (await findResource(store, 'indicator', indicator))?.id : undefined,
  );
  async function isStillResource(indicator: string, id: string): Promise<boolean> {
    if ((await findResourceId(indicator)) === id) return true;
    // Another process may have made it a moment ago.
    held.lookAgain();
    return [id, undefined].includes(await findResourceId(indicator));
  }

  /** A refresh token that is forgotten by now comes to be used again: whoever has it, or its successors, has stolen it. */
  async function endReused(token: string): Promise<void> {
    const grantId = Provider.ctx?.oidc.route === 'token' ? refreshTokens.grantOf(token) : undefined;
    const grant = grantId === undefined ? undefined : await findOidcModel(store, 'Grant', 'id', grantId);
    // What another application has is refused, and ends nothing.
    if (!grantId || !grant || JSON.parse(grant.payload).clientId !== Provider.ctx?.oidc.client?.clientId) return;
    await endOidcGrant(store, grantId, platform.now());
    for (const model of ofGrants) await deleteOidcModelsOfGrant(store, model, grantId);
  }

  return (model) => {
    const findBy = async (key: OidcModelKey, value: string): Promise<AdapterPayload | undefined> => {
      const record = isStorable(value) ? await findRecord(store, model, key, value) : undefined;
      if (!record && model === 'RefreshToken') await endReused(value);
      if (!record) return undefined;
      const { payload, code_id, consumed_at: consumedAt } = record;
      if (consumedAt === ended || (consumedAt !== null && model === 'Grant')) return undefined;
      noteCode(model, value, code_id);
      const isOver = consumedAt !== null && Math.abs(platform.now() - consumedAt) >= graceOf(model);
      const found = await withoutOthers(JSON.parse(payload), isStillResource);
      return { ...found, ...(isOver && { consumed: Math.floor(consumedAt / 1000) }) };
    };

    /** When a token was made is compared with when sign-ins were ended; oidc-provider has a clock of its own. */
    const onOurClock = (kind: string, payload: AdapterPayload) =>
      kind === 'AccessToken' ? { ...payload, iat: Math.floor(platform.now() / 1000) } : payload;

    const adapter: Adapter = {
      async upsert(id, payload, expiresIn) {
        await admitAnonymous(admit, model, payload);
        const takeBack = countToken(model, payload);
        const { client, session } = Provider.ctx?.oidc ?? {};
        const instance = instanceOf(client);
        const writes = ofGrants.includes(model) ? currentTokenWrites() : undefined;
        writes?.takeBack.push(takeBack);
        const record: OidcModelRecord = {
          model,
          id,
          payload: JSON.stringify(withResourceIds(onOurClock(model, payload))),
          grant_id: payload.grantId ?? null,
          uid: payload.uid ?? (model === 'Grant' ? (session?.uid ?? null) : null),
          account_id: payload.accountId ?? null,
          user_code: payload.userCode ?? null,
          expires_at: expiresIn === undefined ? null : platform.now() + expiresIn * 1000,
          ...(instance !== undefined && { client_instance: instance }),
          ...(writes?.codeId !== undefined && { code_id: writes.codeId }),
        };
        if (model === 'RefreshToken' && record.grant_id !== null) await forgetRefreshTokens(store, record.grant_id);
        if (writes) return void writes.made.push(record);
        if (model !== 'Grant' || isOfNewSession()) {
          if (writeLater({ statements: [upsertingOidcModel(store, record)], locks: lockOfOidcModel(record) })) return;
        }
        await (model === 'Grant' ? mergeOidcModel(store, record, keepGranted) : upsertOidcModel(store, record));
      },
      find: (id) => findBy('id', id),
      findByUid: (uid) => findBy('uid', uid),
      findByUserCode: (userCode) => findBy('user_code', userCode),
      async consume(id) {
        // oidc-provider has looked before, but another request may have been faster.
        const consumed = { model, id, now: platform.now(), graceMs: model === 'RefreshToken' ? graceMs : 0 };
        const writes = currentTokenWrites();
        if (writes) {
          writes.consumed = consumed;
          return;
        }
        const isTheirs = await consumeOidcModel(store, consumed);
        if (!isTheirs) throw new errors.InvalidGrant('already used');
      },
      async destroy(id) {
        if (model === 'Grant') return endOidcGrant(store, id, platform.now());
        const deletion = {
          statements: [deletingOidcModel(store, { model, id })],
          locks: lockOfOidcModel({ model, id }),
        };
        if (!writeLater(deletion)) await store.atomically(deletion.statements, deletion.locks);
      },
      async revokeByGrantId(grantId) {
        const codeId = endsCodeAlone(Provider.ctx) ? currentTokenWrites()?.codeId : undefined;
        if (codeId !== undefined) return endOidcModelsOfCode(store, model, { grantId, codeId });
        await deleteOidcModelsOfGrant(store, model, grantId);
      },
    };
    if (model === 'Client') return { ...adapter, find: findClient };
    if (model === 'Session') {
      return { ...adapter, ...sessions, find: async (id) => (isStorable(id) ? sessions.find(id) : undefined) };
    }
    if (model !== 'Interaction') return adapter;
    return { ...adapter, find: async (id) => (isResuming() ? handedIn(id) : findBy('id', id)) };
  };
}

/** What applications get by a grant. */
const ofGrants = ['AccessToken', 'AuthorizationCode', 'RefreshToken'];

/**
 * Two tabs may refresh at once, an answer may be lost on its way, and a page may be loaded again: so long the same refresh
 * token works again, and the same code ends nothing.
 */
const graceMs = 10_000;
const graceOf = (model: string): number => (['RefreshToken', 'AuthorizationCode'].includes(model) ? graceMs : 0);

/** Tokens name the code that they come from. */
function noteCode(model: string, id: string, codeId: string | null): void {
  const writes = currentTokenWrites();
  if (writes && model === 'AuthorizationCode') writes.codeId = id;
  if (writes && model === 'RefreshToken') writes.codeId = codeId ?? undefined;
}
