import { z } from 'zod';
import { altcha, altchaSchema } from './altcha.ts';
import { hcaptcha, hcaptchaSchema } from './hcaptcha.ts';
import type { Provider } from './provider.ts';
import { recaptchaEnterprise, recaptchaEnterpriseSchema } from './recaptcha-enterprise.ts';
import { turnstile, turnstileSchema } from './turnstile.ts';

/** How a provider is set up. */
export const checkConfigSchema = z.discriminatedUnion('type', [
  altchaSchema,
  turnstileSchema,
  hcaptchaSchema,
  recaptchaEnterpriseSchema,
]);
export type CheckConfig = z.infer<typeof checkConfigSchema>;

/** As a caller sends it: without the secret, the one that is stored stays. */
export const givenConfigSchema = z.discriminatedUnion('type', [
  altchaSchema,
  turnstileSchema.partial({ secretKey: true }),
  hcaptchaSchema.partial({ secretKey: true }),
  recaptchaEnterpriseSchema.partial({ secretKey: true }),
]);
export type GivenConfig = z.infer<typeof givenConfigSchema>;

/** As replies show it. */
export const shownConfigSchema = z.discriminatedUnion('type', [
  altchaSchema,
  turnstileSchema.omit({ secretKey: true }),
  hcaptchaSchema.omit({ secretKey: true }),
  recaptchaEnterpriseSchema.omit({ secretKey: true }),
]);
export type ShownConfig = z.infer<typeof shownConfigSchema>;

/** What holds where nobody has set up another. */
export const builtIn: CheckConfig = altchaSchema.parse({ type: 'Altcha' });

const providers = {
  Altcha: altcha,
  Turnstile: turnstile,
  HCaptcha: hcaptcha,
  RecaptchaEnterprise: recaptchaEnterprise,
} satisfies { [Type in CheckConfig['type']]: Provider<Extract<CheckConfig, { type: Type }>> };

/** Every kind there is. */
export const checkTypes = Object.keys(providers) as CheckConfig['type'][];

/** The provider of a configuration. */
export const providerOf = ({ type }: Pick<CheckConfig, 'type'>): Provider<CheckConfig> =>
  providers[type] as Provider<CheckConfig>;
