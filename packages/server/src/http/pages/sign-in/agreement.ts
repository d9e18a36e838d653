import type { Legal } from '@sesame/pages';
import type { SignInExperience } from '../../../experience/sign-in-experience.ts';
import type { FlowEvent } from '../../../store/tables/sign-ins.ts';
import { FormProblem } from '../parts/problems.ts';
import type { Typed } from './typed-values.ts';

type Event = Exclude<FlowEvent, 'ForgotPassword'>;
type Policy = Pick<SignInExperience, 'agreeToTermsPolicy' | 'termsOfUseUrl' | 'privacyPolicyUrl'>;

/** The terms as a page shows them that a sign-in or a sign-up begins with. */
export function legalOf(event: Event, policy: Policy, { agree }: Pick<Typed, 'agree'>): Legal {
  const { agreeToTermsPolicy, termsOfUseUrl, privacyPolicyUrl } = policy;
  if (agreeToTermsPolicy === 'Automatic') return { termsOfUseUrl, privacyPolicyUrl, agreement: 'going-on' };
  if (!isAsked(event, policy)) return { termsOfUseUrl, privacyPolicyUrl, agreement: 'elsewhere' };
  return { termsOfUseUrl, privacyPolicyUrl, agreement: 'box', isAgreed: agree === 'yes' };
}

/** @throws FormProblem `agree-missing` where a box is to be ticked and is not */
export function checkAgreement(event: Event, policy: Policy, { agree }: Pick<Typed, 'agree'>): void {
  const { termsOfUseUrl, privacyPolicyUrl } = policy;
  const hasTerms = termsOfUseUrl !== null || privacyPolicyUrl !== null;
  if (hasTerms && isAsked(event, policy) && agree !== 'yes') throw new FormProblem('agree-missing');
}

const isAsked = (event: Event, { agreeToTermsPolicy }: Policy): boolean =>
  agreeToTermsPolicy === 'Manual' || (agreeToTermsPolicy === 'ManualRegistrationOnly' && event === 'Register');
