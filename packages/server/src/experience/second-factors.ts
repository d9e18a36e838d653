import { z } from 'zod';
import { ApiError } from '../errors.ts';
import { type CodeIdentifier, codeIdentifiers, codeMethods, type signInSchema } from './methods.ts';

/** Whom a second code is asked of, among Logto's names for it: these two are here. */
const servedPolicies = ['Mandatory', 'NoPrompt'] as const;
/** Those that Logto has beside them, which stand for nothing while there is no factor. */
const policies = [
  ...servedPolicies,
  'UserControlled',
  'PromptOnlyAtSignIn',
  'PromptAtSignInAndSignUp',
  'PromptAtSignInAndSignUpMandatory',
  'PromptOnlyAtSignInMandatory',
] as const;

/** What stands in for a second code, once each; it is nothing by itself. */
export const backupCode = 'BackupCode';
const factors = [...Object.values(codeMethods), backupCode] as const;
export type Factor = (typeof factors)[number];

/** What somebody proves after what says who it is. */
export const mfaSchema = z.object({
  factors: z
    .array(
      z.enum(factors, {
        error: `Sesame does not have this. Second factors are codes: ${factors.join(', ')}.`,
      }),
    )
    .max(factors.length)
    .describe(
      'Where a second code may go, in the order in which it is offered: to the number or the address of the account. None: nobody is asked for one. Each takes a live connector of its kind, and a way to sign in that is not a code to the same. Beside them, `BackupCode`: ten codes that people keep for when their phone is out of reach.',
    ),
  policy: z
    .enum(policies)
    .describe(
      '`NoPrompt`: whoever has what a factor goes to is asked for a second code at each sign-in. `Mandatory`: the same, and whoever has none gives one before the sign-in or the sign-up ends. The others of Logto’s are taken only without factors.',
    ),
});
export type Mfa = z.infer<typeof mfaSchema>;

/** What holds until somebody changes it, as at Logto. */
export const noSecondFactor: Mfa = { factors: [], policy: 'UserControlled' };

/** What second codes go to, in the order in which it is offered. */
export const factorTypes = ({ factors }: { factors: readonly Factor[] }): CodeIdentifier[] =>
  factors.flatMap((factor) => codeIdentifiers.filter((type) => codeMethods[type] === factor));

/** Whether backup codes stand in for a second code. */
export const takesBackupCodes = ({ factors }: { factors: readonly Factor[] }): boolean => factors.includes(backupCode);

/**
 * What signs in by itself is no second factor.
 * @throws ApiError `sign_in_experiences.duplicated_mfa_factors`, `sign_in_experiences.backup_code_cannot_be_enabled_alone`,
 * `sign_in_experiences.mfa_policy_not_supported`, `sign_in_experiences.phone_verification_code_cannot_be_used_for_mfa` and
 * the like
 */
export function checkMfa(mfa: Mfa, { methods }: z.infer<typeof signInSchema>): void {
  const types = factorTypes(mfa);
  if (new Set(mfa.factors).size < mfa.factors.length) {
    throw new ApiError('sign_in_experiences.duplicated_mfa_factors');
  }
  if (takesBackupCodes(mfa) && types.length === 0) {
    throw new ApiError('sign_in_experiences.backup_code_cannot_be_enabled_alone');
  }
  if (types.length > 0 && !servedPolicies.some((served) => served === mfa.policy)) {
    throw new ApiError('sign_in_experiences.mfa_policy_not_supported', { policy: mfa.policy });
  }
  const first = types.find((type) => methods.some((way) => way.identifier === type && way.verificationCode));
  if (first) throw new ApiError(`sign_in_experiences.${first}_verification_code_cannot_be_used_for_mfa`);
}
