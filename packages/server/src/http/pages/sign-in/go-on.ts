import type { ApiError } from '../../../errors.ts';
import { type AskedIdentifier, servesFor, takesCodes } from '../../../experience/methods.ts';
import { type Factor, type FactorType, isMandatory, totp } from '../../../experience/second-factors.ts';
import type { FlowEvent } from '../../../store/tables/sign-ins.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import { isRefusal } from '../parts/problems.ts';
import type { FlowVisit } from './flow-visit.ts';

/**
 * Goes on after something was proven or chosen. `verification` says who it is; left out, it is what said so before.
 * @returns where the browser goes next: another page, or back to the application
 */
export async function goOn(visit: FlowVisit, deps: PageDeps, verification?: string): Promise<string> {
  const { access, url } = visit;
  const proof: Record<string, string> = verification === undefined ? {} : { verification };
  let event: FlowEvent;
  try {
    event = await deps.signInFlows.identify(access, verification);
  } catch (error) {
    if (isRefusal(error, 'user.user_not_exist')) return url('/sign-in/no-account', proof);
    if (isRefusal(error, 'user.phone_already_in_use', 'user.email_already_in_use')) {
      return url('/register/account-exists', proof);
    }
    if (isRefusal(error, 'user.missing_profile')) return url(pageOfMissing(error), proof);
    throw error;
  }
  return event === 'ForgotPassword' ? url('/forgot-password/password', proof) : finish(visit, deps);
}

/** Where people give what a new account lacks first. */
function pageOfMissing({ data }: ApiError): string {
  const [first] = (data?.missingProfile ?? []) as (AskedIdentifier | 'password')[];
  const isByCode = first !== undefined && first !== 'password' && servesFor(first).some(takesCodes);
  return isByCode ? '/register' : '/register/profile';
}

/** Where a sign-in goes on that asks for a second code; below it, where an account gets something for that. */
export const secondStepPath = '/sign-in/second-step';

/** Where an account gets a number or an address for it. */
export const addPath = `${secondStepPath}/add`;

/** Does without, where that may be. */
export const skipPath = `${secondStepPath}/skip`;

/** The form of that, where the policy leaves it to people. */
export const skipForm = ({ form, policy }: FlowVisit) => (isMandatory(policy.mfa) ? undefined : form(skipPath));

/** Where backup codes are shown once. */
export const shownCodesPath = `${secondStepPath}/backup-codes`;

/** Where a code of an authenticator app is taken; below it, where one is set up. */
export const authenticatorPath = `${secondStepPath}/authenticator`;
export const newAuthenticatorPath = `${authenticatorPath}/add`;

/** Where a second factor is asked for, by the one that is offered first. */
export const pageOfFactor = (first: FactorType | undefined): string =>
  first === 'totp' ? authenticatorPath : secondStepPath;

/** What is offered first of what a refusal lists. */
const isFirst = ({ data = {} }: ApiError, factor: Factor): boolean => (data.availableFactors as Factor[])[0] === factor;

/** Ends the flow. @returns the URL that answers the application, or a page that asks for what is missing */
export async function finish(
  { access, signIn, browser, url, rememberSignIn }: FlowVisit,
  deps: PageDeps,
): Promise<string> {
  const done = await deps.signInFlows.submit(access, { ...signIn, browser }).catch((error: unknown) => {
    if (isRefusal(error, 'session.mfa.require_mfa_verification')) {
      return { next: isFirst(error, totp) ? authenticatorPath : secondStepPath };
    }
    if (isRefusal(error, 'user.missing_mfa')) {
      return { next: isFirst(error, totp) ? newAuthenticatorPath : addPath };
    }
    if (isRefusal(error, 'session.mfa.backup_code_required', 'user.backup_code_already_in_use')) {
      return { next: shownCodesPath };
    }
    throw error;
  });
  if ('next' in done) return url(done.next);
  if ('resetFor' in done) return url('/forgot-password/done');
  rememberSignIn(done);
  return signIn.resumeUrl;
}
