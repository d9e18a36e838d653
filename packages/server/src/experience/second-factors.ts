import { z } from 'zod';
import { ApiError } from '../errors.ts';
import type { FlowEvent } from '../store/tables/sign-ins.ts';
import { type CodeIdentifier, codeMethods, type signInSchema } from './methods.ts';

/** Whom a second code is asked of, and who is asked to set something up for it: Logto's names. */
const policies = [
  'Mandatory',
  'NoPrompt',
  'UserControlled',
  'PromptOnlyAtSignIn',
  'PromptAtSignInAndSignUp',
  'PromptAtSignInAndSignUpMandatory',
  'PromptOnlyAtSignInMandatory',
] as const;
type Policy = (typeof policies)[number];

/** Under these, nobody does without. */
const mandatory: readonly Policy[] = ['Mandatory', 'PromptAtSignInAndSignUpMandatory', 'PromptOnlyAtSignInMandatory'];
/** Under these, whoever has just signed up is asked at the next sign-in. */
const onlyAtSignIn: readonly Policy[] = ['PromptOnlyAtSignIn', 'PromptOnlyAtSignInMandatory'];

/** Whether nobody does without a second factor. */
export const isMandatory = ({ policy }: { policy: Policy }): boolean => mandatory.includes(policy);

/** Whether people are asked to set something up who have nothing, by the end of this event or, without one, of any. */
export const asksToSetUp = ({ policy }: { policy: Policy }, event?: FlowEvent): boolean =>
  policy !== 'NoPrompt' && !(event === 'Register' && onlyAtSignIn.includes(policy));

/** A code of an authenticator app. */
export const totp = 'Totp';
/** What stands in for a second code, once each; it is nothing by itself. */
export const backupCode = 'BackupCode';
const factors = [...Object.values(codeMethods), totp, backupCode] as const;
export type Factor = (typeof factors)[number];

/** What can come second by itself: a code to a number or to an address, or one of an app. */
export type FactorType = CodeIdentifier | 'totp';

/** What each is called in the API. */
export const factorOf = { ...codeMethods, totp } as const satisfies Record<FactorType, Factor>;

/** What somebody proves after what says who it is. */
export const mfaSchema = z.object({
  factors: z
    .array(
      z.enum(factors, {
        error: `Sesame does not have this. Second factors are ${factors.join(', ')}.`,
      }),
    )
    .max(factors.length)
    .describe(
      'What a second code may be, in the order in which it is offered: one to the number or the address of the account, which takes a live connector of its kind and a way to sign in that is not a code to the same, or one of an authenticator app (`Totp`). None: nobody is asked for one. Beside them, `BackupCode`: ten codes that people keep for when their phone is out of reach.',
    ),
  policy: z
    .enum(policies)
    .describe(
      '`NoPrompt`: whoever has something for a factor is asked for a second code at each sign-in. `PromptAtSignInAndSignUp` (`UserControlled` is the same): beside that, whoever has nothing is asked to set something up before the sign-in or the sign-up ends, and may do without. `Mandatory` (`PromptAtSignInAndSignUpMandatory` is the same): nobody does without. `PromptOnlyAtSignIn` and `PromptOnlyAtSignInMandatory`: the same, from the first sign-in after the sign-up on.',
    ),
});
export type Mfa = z.infer<typeof mfaSchema>;

/** What holds until somebody changes it, as at Logto. */
export const noSecondFactor: Mfa = { factors: [], policy: 'UserControlled' };

/** What can come second, in the order in which it is offered. */
export const factorTypes = ({ factors }: { factors: readonly Factor[] }): FactorType[] =>
  factors.flatMap((factor) => types.filter((type) => factorOf[type] === factor));
const types = Object.keys(factorOf) as FactorType[];

/** Of what can come second, what codes are sent to. */
export const codeTypes = (mfa: { factors: readonly Factor[] }): CodeIdentifier[] =>
  factorTypes(mfa).filter((type) => type !== 'totp');

/** Whether a code of an authenticator app can come second. */
export const takesTotp = ({ factors }: { factors: readonly Factor[] }): boolean => factors.includes(totp);

/** Whether backup codes stand in for a second code. */
export const takesBackupCodes = ({ factors }: { factors: readonly Factor[] }): boolean => factors.includes(backupCode);

/**
 * What signs in by itself is no second factor.
 * @throws ApiError `sign_in_experiences.duplicated_mfa_factors`, `sign_in_experiences.backup_code_cannot_be_enabled_alone`,
 * `sign_in_experiences.phone_verification_code_cannot_be_used_for_mfa` and the like
 */
export function checkMfa(mfa: Mfa, { methods }: z.infer<typeof signInSchema>): void {
  const isAny = factorTypes(mfa).length > 0;
  if (new Set(mfa.factors).size < mfa.factors.length) {
    throw new ApiError('sign_in_experiences.duplicated_mfa_factors');
  }
  if (takesBackupCodes(mfa) && !isAny) {
    throw new ApiError('sign_in_experiences.backup_code_cannot_be_enabled_alone');
  }
  const first = codeTypes(mfa).find((type) => methods.some((way) => way.identifier === type && way.verificationCode));
  if (first) throw new ApiError(`sign_in_experiences.${first}_verification_code_cannot_be_used_for_mfa`);
}
