import type { Connector } from '../api/connectors.ts';
import type { Identifier } from './experience-api.ts';
import type { ExperienceValues } from './experience-values.ts';
import { type CodeIdentifier, takesCodes } from './identifiers.ts';

/** Whether codes to it sign in, so that they are no second step. */
export const signsInByItself = ({ methods }: Pick<ExperienceValues, 'methods'>, type: CodeIdentifier): boolean =>
  methods.some(({ identifier, verificationCode }) => identifier === type && verificationCode);

/** The type of the connectors that send codes to it. */
export const channelOf = { phone: 'Sms', email: 'Email' } as const satisfies Record<CodeIdentifier, Connector['type']>;

/** What a sign-up can begin with; either of a number and an address is begun with as one. */
export function firstChoices({ identifiers, recipients }: ExperienceValues): Identifier[] {
  const codes = identifiers.filter(takesCodes);
  const [first] = codes;
  const begun = recipients === 'either' && codes.length > 1 && first !== undefined ? [first] : codes;
  return [...begun, ...identifiers.filter((identifier) => identifier === 'username')];
}

/** What it begins with. */
export function firstOf(values: ExperienceValues): Identifier {
  const choices = firstChoices(values);
  const isTaken = choices.includes(values.firstIdentifier);
  return isTaken ? values.firstIdentifier : (choices[0] ?? values.firstIdentifier);
}

/** What is allowed, but most likely not meant; as names in the catalogues. */
export type Warning =
  | 'noConnector'
  | 'noEmailConnector'
  | 'nobodySignsIn'
  | 'nobodySignsUp'
  | 'noWayBack'
  | 'resetNeedsPassword'
  | 'resetIsSecondStep';

/** The connector that sends codes, `null` where there is none, undefined while that is not known. */
export type LiveConnectors = Record<CodeIdentifier, Connector | null | undefined>;

/** What of the ways to sign up and sign in is most likely not meant. */
export function warningsFor(values: ExperienceValues, live: LiveConnectors): Warning[] {
  const { signInMode, identifiers: asked, password, methods, resets, mfa } = values;
  const signsIn = signInMode !== 'Register';
  const signsUp = signInMode !== 'SignIn';
  const byCode = methods.filter((method) => method.verificationCode).map(({ identifier }) => identifier);
  const takesPasswords = methods.some((method) => method.password);
  const lacks = (type: CodeIdentifier) =>
    live[type] === null &&
    ((signsIn && (byCode.includes(type) || resets.includes(type) || mfa.includes(type))) ||
      (signsUp && asked.includes(type)));
  const found: Record<Warning, boolean> = {
    noConnector: lacks('phone'),
    noEmailConnector: lacks('email'),
    nobodySignsIn: signsIn && methods.length === 0,
    nobodySignsUp: signsUp && asked.length === 0,
    noWayBack: signsUp && asked.length > 0 && !password && !asked.some((identifier) => byCode.includes(identifier)),
    resetNeedsPassword: resets.length > 0 && signsIn && !takesPasswords,
    resetIsSecondStep: signsIn && resets.some((type) => mfa.includes(type)),
  };
  return (Object.keys(found) as Warning[]).filter((warning) => found[warning]);
}
