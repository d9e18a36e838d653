import { timingSafeEqual } from 'node:crypto';
import Provider, { type AdapterFactory, type Client, type Configuration } from 'oidc-provider';
import { digestSecret } from '../accounts/applications.ts';
import { createSecretGuesses, type SecretGuess, type SecretGuesses } from '../accounts/secret-guesses.ts';
import type { Platform } from '../platform.ts';
import type { SecretKeys } from '../secrets/secret-keys.ts';
import type { Held } from '../store/held.ts';
import type { Store } from '../store/store.ts';
import { createAdapterFactory } from './adapter.ts';
import { type Admit, tooManyRequests } from './admission.ts';
import { readingsOf } from './basic-credentials.ts';
import { type BeginFlow, type MayComeSecond, type OidcSettings, oidcConfiguration } from './configuration.ts';
import { createRefreshTokenNames, type RefreshTokenNames } from './refresh-token-names.ts';
import type { SigningKey, SigningKeys } from './signing-keys.ts';
import { writeTokens } from './token-writes.ts';
import { type OidcViews, plainViews } from './views.ts';
import { writeWaiting } from './waiting-writes.ts';

/** The OpenID Connect provider; it is built anew when the signing keys change, so ask for it each time. */
export type OidcProvider = {
  issuer: string;
  /** The provider with the keys from memory, or with those of this moment. */
  current: (keys?: 'fresh') => Promise<Provider>;
  /** The middleware that writes what a request for tokens has made. */
  writeTokens: ReturnType<typeof writeTokens>;
  /** The middleware that writes what a sign-in has made, as far as it still waits. */
  writeWaiting: ReturnType<typeof writeWaiting>;
};

type Deps = {
  store: Store;
  platform: Platform;
  held: Held;
  secretKeys: SecretKeys;
  signingKeys: SigningKeys;
  settings: OidcSettings;
  beginFlow: BeginFlow;
  mayComeSecond: MayComeSecond;
  admit: Admit;
  /** Is told of each wrong secret. */
  wrongSecret?: WrongSecret | undefined;
  /** What the pages look like. */
  views?: OidcViews | undefined;
};

type WrongSecret = (guess: SecretGuess) => Promise<void>;

/** The issuer of a server at this base URL. */
export const issuerOf = (publicUrl: string): string => `${publicUrl}/oidc`;

/** OpenID Connect on the store, by oidc-provider. */
export async function createOidcProvider({
  store,
  platform,
  held,
  secretKeys,
  signingKeys,
  settings,
  beginFlow,
  mayComeSecond,
  admit,
  wrongSecret = async () => {},
  views = plainViews,
}: Deps): Promise<OidcProvider> {
  const issuer = issuerOf(settings.publicUrl);
  const refreshTokens = createRefreshTokenNames(secretKeys.refreshTokens, platform.now);
  const { publicUrl } = settings;
  const adapter = createAdapterFactory({ store, platform, held, publicUrl, admit, refreshTokens });
  const rooms = { beginFlow, mayComeSecond };
  const configuration = oidcConfiguration({ store, platform, held, secretKeys, settings, views, ...rooms });
  const judgeSecret = createSecretGuesses({ store, platform });
  let built: { keys: readonly SigningKey[]; provider: Provider } | undefined;

  async function current(fresh?: 'fresh'): Promise<Provider> {
    const keys = await signingKeys.all(fresh);
    if (built?.keys !== keys) {
      built = {
        keys,
        provider: build(issuer, { adapter, configuration, keys, held, refreshTokens, judgeSecret, wrongSecret }),
      };
    }
    return built.provider;
  }

  await current();
  return { issuer, current, writeTokens: writeTokens(store), writeWaiting: writeWaiting(store) };
}

type Parts = {
  adapter: AdapterFactory;
  configuration: Configuration;
  keys: readonly SigningKey[];
  held: Held;
  refreshTokens: RefreshTokenNames;
  judgeSecret: SecretGuesses;
  wrongSecret: WrongSecret;
};

function build(
  issuer: string,
  { adapter, configuration, keys, held, refreshTokens, judgeSecret, wrongSecret }: Parts,
): Provider {
  // The first key signs; oidc-provider publishes the public half of all.
  const jwks = { keys: keys.map(({ jwk }) => jwk) } as NonNullable<Configuration['jwks']>;
  const provider = new Provider(issuer, { ...configuration, adapter, jwks });
  // `mount.ts` tells it the public address in the headers of a proxy.
  provider.proxy = true;
  provider.Client.prototype.compareClientSecret = async function (this: Client, secret: string) {
    const guess = { application: this.clientId, address: Provider.ctx?.ip ?? '' };
    const outcome = await judgeSecret(guess, {
      now: () => isDigestOf(secret, this.clientSecret),
      anew: async () => {
        held.lookAgain();
        return isDigestOf(secret, (await provider.Client.find(this.clientId))?.clientSecret);
      },
    });
    if (typeof outcome === 'object') throw tooManyRequests(outcome.retryAfterSeconds, tooManySecrets);
    if (outcome === 'wrong') await wrongSecret(guess);
    return outcome === 'right';
  };
  const { prototype } = provider.RefreshToken as unknown as { prototype: RefreshTokenIds };
  const { generateTokenId } = prototype;
  prototype.generateTokenId = function () {
    return refreshTokens.name(generateTokenId.call(this), this.grantId ?? '', this.expiration);
  };
  return provider;
}

const tooManySecrets = 'too many wrong secrets of this application came from this network';

/** What makes the ids of refresh tokens, which are the tokens themselves. */
type RefreshTokenIds = { grantId?: string; readonly expiration: number; generateTokenId: () => string };

function isDigestOf(secret: string, digest: string | undefined): boolean {
  if (digest === undefined) return false;
  const isInHeader = Provider.ctx?.headers.authorization !== undefined;
  const readings = isInHeader ? readingsOf(secret) : [secret];
  const matches = readings.map((each) => timingSafeEqual(Buffer.from(digestSecret(each)), Buffer.from(digest)));
  return matches.includes(true);
}
