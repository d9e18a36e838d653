import Provider, { errors, type KoaContextWithOIDC } from 'oidc-provider';
import {
  type ConsumedOidcModel,
  consumingOidcModel,
  lockOfOidcModel,
  type OidcModelRecord,
  requiringUnconsumed,
  upsertingOidcModel,
} from '../store/oidc-models.ts';
import { isUnmet } from '../store/requirement.ts';
import type { Store } from '../store/store.ts';
import type { TokenOrigin } from '../store/token-origins.ts';

/** What a request for tokens has used up and made so far. */
export type TokenWrites = {
  /** The code or refresh token that it came with. */
  consumed?: ConsumedOidcModel;
  made: OidcModelRecord[];
  /** Take back what was counted of these. */
  takeBack: (() => void)[];
  /** The authorization code that the tokens come from, if need be by way of refresh tokens. */
  codeId?: string | undefined;
  /** What was read with the code or the refresh token; whoever asks for a part of it takes it. */
  origin?: Partial<TokenOrigin> | undefined;
};

const underWay = new WeakMap<KoaContextWithOIDC, TokenWrites>();

/** Those of the request under way, if it is one for tokens. */
export function currentTokenWrites(): TokenWrites | undefined {
  const { ctx } = Provider;
  if (ctx?.oidc?.route !== 'token') return undefined;
  const writes = underWay.get(ctx) ?? { made: [], takeBack: [] };
  underWay.set(ctx, writes);
  return writes;
}

/** Whether a reuse ends what came from one code, and not the grant of all sign-ins of the session. */
export const endsCodeAlone = (ctx: KoaContextWithOIDC | undefined): boolean =>
  ctx?.oidc?.route === 'token' && ctx.oidc.params?.grant_type === 'authorization_code';

/**
 * Writes what a request for tokens has used up and made when it is answered with them, in one transaction. oidc-provider
 * would use up the code or the refresh token first, and might refuse the request after that: its retry would look like
 * that of a thief.
 * @throws errors.InvalidGrant when another request was faster
 */
export function writeTokens(store: Store) {
  async function write({ consumed, made }: TokenWrites): Promise<void> {
    const used = consumed ? [requiringUnconsumed(store, consumed), consumingOidcModel(store, consumed)] : [];
    const records = made.map((record) => upsertingOidcModel(store, record));
    const locks = [...(consumed ? [consumed] : []), ...made].flatMap(lockOfOidcModel);
    await store.atomically([...used, ...records], locks).catch((error: unknown) => {
      throw isUnmet(error) ? new errors.InvalidGrant('already used') : error;
    });
  }

  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    let isWritten = false;
    try {
      await next();
      const writes = underWay.get(ctx);
      if (ctx.status !== 200 || !writes || (!writes.consumed && writes.made.length === 0)) return;
      await write(writes);
      isWritten = true;
    } finally {
      if (!isWritten) for (const takeBack of underWay.get(ctx)?.takeBack ?? []) takeBack();
    }
  };
}
