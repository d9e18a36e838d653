import type { Connector } from '../api/connectors.ts';
import type { Identifier } from './experience-api.ts';
import type { ExperienceValues } from './experience-values.ts';

/** What a person can be known by. */
export const identifiers = ['phone', 'username'] as const satisfies Identifier[];

/** What is allowed, but most likely not meant; as names in the catalogues. */
export type Warning = 'noConnector' | 'nobodySignsIn' | 'nobodySignsUp' | 'noWayBack' | 'resetNeedsPassword';

/** What of the ways to sign up and sign in is most likely not meant. `live` is the connector that sends codes. */
export function warningsFor(values: ExperienceValues, live: Connector | null | undefined): Warning[] {
  const { signInMode, identifiers: asked, password, methods, forgotPassword } = values;
  const signsIn = signInMode !== 'Register';
  const signsUp = signInMode !== 'SignIn';
  const takesCodes = methods.some((method) => method.verificationCode);
  const takesPasswords = methods.some((method) => method.password);
  const needsCodes = (signsIn && (takesCodes || forgotPassword)) || (signsUp && asked.includes('phone'));
  const found: Record<Warning, boolean> = {
    noConnector: live === null && needsCodes,
    nobodySignsIn: signsIn && methods.length === 0,
    nobodySignsUp: signsUp && asked.length === 0,
    noWayBack: signsUp && asked.length > 0 && !password && !(asked.includes('phone') && takesCodes),
    resetNeedsPassword: forgotPassword && signsIn && !takesPasswords,
  };
  return (Object.keys(found) as Warning[]).filter((warning) => found[warning]);
}
