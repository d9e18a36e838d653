import { ApiError } from '../../errors.ts';
import { newShortId, type Platform } from '../../platform.ts';
import { purposes } from '../../secrets/purposes.ts';
import type { SecretKeys } from '../../secrets/secret-keys.ts';
import type { Held } from '../../store/held.ts';
import { deleteSetting, readSetting, replaceSettings } from '../../store/settings.ts';
import type { Store } from '../../store/store.ts';
import type { CheckConfig, GivenConfig, ShownConfig } from './providers.ts';

const name = 'captcha-provider';

/** How it is stored: the secret encrypted. */
type Stored = { id: string; config: ShownConfig; secret: string | null; createdAt: number; updatedAt: number };

/** The provider that is set up, without its secret. Times are milliseconds since the epoch. */
export type SetUpProvider = Omit<Stored, 'secret'>;

type Deps = { store: Store; platform: Platform; held: Held; secretKeys: SecretKeys };

/** Keeps which provider tells people from programs. */
export function createCheckConfiguration({ store, platform, held, secretKeys }: Deps) {
  const readStored = async () => (await readSetting(store, name)) as Stored | undefined;

  const open = ({ config, secret }: Stored): CheckConfig =>
    (secret === null
      ? config
      : { ...config, secretKey: secretKeys.decrypt(secret, purposes.captchaProvider()) }) as CheckConfig;

  /** @throws ApiError `guard.invalid_input` where there is no secret */
  function completed(given: GivenConfig, stored: Stored | undefined): CheckConfig {
    if (given.type === 'Altcha') return given;
    if (given.secretKey !== undefined) return given as CheckConfig;
    const before = stored && open(stored);
    const isSame = before?.type === given.type && before.siteKey === given.siteKey;
    if (isSame) return { ...given, secretKey: before.secretKey } as CheckConfig;
    const message = 'Give the secret key that belongs to this site key.';
    throw new ApiError('guard.invalid_input', { issues: [{ in: 'body', path: 'config.secretKey', message }] });
  }

  return {
    /** What is set up, from memory. */
    read: held.value(async () => {
      const stored = await readStored();
      return stored && open(stored);
    }),

    /** The same without the secret, as it is stored at this moment. */
    async shown(): Promise<SetUpProvider | undefined> {
      const stored = await readStored();
      if (!stored) return undefined;
      const { secret: _, ...shown } = stored;
      return shown;
    },

    /** A configuration with the secret that is stored, where it was left out. @throws ApiError `guard.invalid_input` */
    complete: async (given: GivenConfig): Promise<CheckConfig> => completed(given, await readStored()),

    /** Sets one up in place of any other. @throws ApiError `guard.invalid_input` */
    async put(given: GivenConfig): Promise<SetUpProvider> {
      for (;;) {
        const [before, now] = [await readStored(), platform.now()];
        const { secretKey, ...config } = { secretKey: undefined, ...completed(given, before) };
        const id = before?.id ?? newShortId(platform, 21);
        const shown = { id, config: config as ShownConfig, createdAt: before?.createdAt ?? now, updatedAt: now };
        const secret = secretKey === undefined ? null : secretKeys.encrypt(secretKey, purposes.captchaProvider());
        if (await replaceSettings(store, [{ name, before, after: { ...shown, secret } }], now)) return shown;
      }
    },

    /** The built-in one holds again. @returns whether another was set up */
    remove: (): Promise<boolean> => deleteSetting(store, name),
  };
}
