import Provider, { type Adapter, type AdapterFactory, type AdapterPayload, errors } from 'oidc-provider';
import { maxHeldApplications } from '../accounts/applications.ts';
import type { Platform } from '../platform.ts';
import { findApplication } from '../store/applications.ts';
import type { Held } from '../store/held.ts';
import {
  consumeOidcModel,
  deleteOidcModel,
  deleteOidcModelsOfGrant,
  endOidcModel,
  findOidcModel,
  mergeOidcModel,
  type OidcModelKey,
  upsertOidcModel,
} from '../store/oidc-models.ts';
import type { Store } from '../store/store.ts';
import { accountApplication, accountClient } from './account-client.ts';
import { type Admit, admitAnonymous } from './admission.ts';
import { toClientMetadata } from './client-metadata.ts';
import { merges } from './merges.ts';
import { mayReadInteraction } from './resume.ts';

type Deps = {
  store: Store;
  platform: Platform;
  held: Held;
  /** Where the account page is, which signs people in too. */
  publicUrl: string;
  admit: Admit;
};

/** Keeps the state of oidc-provider in the store, a record per model and id. Clients are the applications. */
export function createAdapterFactory({ store, platform, held, publicUrl, admit }: Deps): AdapterFactory {
  const findApplicationClient = held.values(maxHeldApplications, async (id) => {
    const application = isStorable(id) ? await findApplication(store, id) : undefined;
    return application && toClientMetadata(application);
  });
  const findClient = async (id: string): Promise<AdapterPayload | undefined> =>
    id === accountApplication.id ? accountClient(publicUrl) : findApplicationClient(id);
  return (model) => {
    const findBy = async (key: OidcModelKey, value: string): Promise<AdapterPayload | undefined> => {
      const record = isStorable(value) ? await findOidcModel(store, model, key, value) : undefined;
      if (!record) return undefined;
      const { payload, consumed_at: consumedAt } = record;
      if (consumedAt !== null && endsWhenConsumed.has(model)) return undefined;
      const isOver = consumedAt !== null && Math.abs(platform.now() - consumedAt) >= graceOf(model);
      return { ...JSON.parse(payload), ...(isOver && { consumed: Math.floor(consumedAt / 1000) }) };
    };

    const adapter: Adapter = {
      async upsert(id, payload, expiresIn) {
        await admitAnonymous(admit, model, payload);
        const record = {
          model,
          id,
          payload: JSON.stringify(model === 'Session' ? { ...payload, ...seen(platform) } : payload),
          grant_id: payload.grantId ?? null,
          uid: payload.uid ?? null,
          account_id: payload.accountId ?? null,
          user_code: payload.userCode ?? null,
          expires_at: expiresIn === undefined ? null : platform.now() + expiresIn * 1000,
        };
        const merge = merges.get(model);
        await (merge ? mergeOidcModel(store, record, merge) : upsertOidcModel(store, record));
      },
      find: (id) => findBy('id', id),
      findByUid: (uid) => findBy('uid', uid),
      findByUserCode: (userCode) => findBy('user_code', userCode),
      async consume(id) {
        // oidc-provider has looked before, but another request may have been faster.
        const isTheirs = await consumeOidcModel(store, model, id, { now: platform.now(), graceMs: graceOf(model) });
        if (!isTheirs) throw new errors.InvalidGrant('already used');
      },
      async destroy(id) {
        if (endsWhenConsumed.has(model)) await endOidcModel(store, model, id, platform.now());
        else await deleteOidcModel(store, model, id);
      },
      revokeByGrantId: (grantId) => deleteOidcModelsOfGrant(store, model, grantId),
    };
    if (model === 'Client') return { ...adapter, find: findClient };
    if (model !== 'Interaction') return adapter;
    return { ...adapter, find: async (id) => (mayReadInteraction(id) ? findBy('id', id) : undefined) };
  };
}

/** What ends before it expires leaves a consumed record, so that no request under way brings it back. */
const endsWhenConsumed = new Set(['Session', 'Grant']);

/** Two tabs may refresh at once, and an answer may be lost on its way: so long the same refresh token works again. */
const refreshGraceMs = 10_000;
const graceOf = (model: string): number => (model === 'RefreshToken' ? refreshGraceMs : 0);

const maxUserAgentLength = 512;

/** When and with what a session was last used, for its owner to see. */
function seen({ now }: Platform): { lastSeenAt: number; userAgent?: string } {
  const userAgent = Provider.ctx?.get('user-agent').slice(0, maxUserAgentLength);
  return { lastSeenAt: now(), ...(userAgent && { userAgent }) };
}

/** Ids come from requests as they are; PostgreSQL refuses texts with a null character. */
const isStorable = (value: string) => !value.includes('\0');
