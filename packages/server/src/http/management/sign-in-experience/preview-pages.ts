import {
  authenticatorPage,
  codePage,
  type Identifier,
  type IdentifierField,
  messagePage,
  newPasswordPage,
  type PageContext,
  passwordPage,
  profilePage,
  recipientPage,
  verifyYourselfPage,
} from '@sesame/pages';
import { totpDigits } from '../../../accounts/totp.ts';
import { codeTypes, factorTypes, takesBackupCodes, takesTotp } from '../../../experience/second-factors.ts';
import { beginningCodes, codeIdentifiersFor, type SignInExperience } from '../../../experience/sign-in-experience.ts';
import { maskRecipient } from '../../../sign-in/user-recipients.ts';
import type { FlowEvent } from '../../../store/tables/sign-ins.ts';
import { passwordHint } from '../../pages/parts/password-hint.ts';
import { legalOf } from '../../pages/sign-in/agreement.ts';
import { identifiersFor } from '../../pages/sign-in/identifier.ts';
import { asksPasswordFirst, passwordIdentifiers, signsUp, takesCode } from '../../pages/sign-in/pages-of-events.ts';
import { trustChoice } from '../../pages/sign-in/trust-choice.ts';

/** The pages that a preview can show. */
export const previewPages = ['sign-in', 'register', 'code', 'second-step', 'forgot-password', 'new-password'] as const;
export type PreviewPage = (typeof previewPages)[number];

const form = { action: '#', hidden: {} };
const link = '#';
/**
 * The number is kept for drama and never given to anybody (Ofcom), so that a preview shows nobody's; the address is
 * reserved for documentation (RFC 2606).
 */
const example = { phone: '+447700900123', email: 'ali@example.com' } as const;
const resendMs = 25_000;

const wayIf = (isThere: boolean) => (isThere ? { action: link, to: '' } : undefined);
const closed = (context: PageContext) => messagePage(context, { message: 'closed' });
const emptyField = (takes: readonly Identifier[], { defaultCountry }: SignInExperience): IdentifierField => ({
  takes,
  value: '',
  phone: { country: defaultCountry, number: '' },
});
const askedFor = (event: FlowEvent, policy: SignInExperience): IdentifierField =>
  emptyField(
    identifiersFor(event, { policy, flow: { recipients: [] }, signIn: { first: { event, identifiers: [] } } }),
    policy,
  );

/** A hosted page as people meet it when they come from an application. @returns HTML */
export function previewPage(context: PageContext, policy: SignInExperience, page: PreviewPage): string {
  return draw[page](context, policy);
}

const draw: Record<PreviewPage, (context: PageContext, policy: SignInExperience) => string> = {
  'sign-in': (context, policy) => {
    if (asksPasswordFirst(policy) || !takesCode('SignIn', policy)) return byPassword(context, policy);
    const links = { password: wayIf(passwordIdentifiers(policy).length > 0), register: wayIf(signsUp(policy)) };
    const legal = legalOf('SignIn', policy, {});
    return recipientPage(context, { purpose: 'sign-in', form, identifier: askedFor('SignIn', policy), links, legal });
  },
  register: (context, policy) => {
    if (!signsUp(policy)) return closed(context);
    const links = { signIn: wayIf(policy.signInMode !== 'Register') };
    const legal = legalOf('Register', policy, {});
    if (beginningCodes(policy).length > 0) {
      return recipientPage(context, {
        purpose: 'register',
        form,
        identifier: askedFor('Register', policy),
        links,
        legal,
      });
    }
    const password = policy.signUp.password ? passwordHint(policy) : undefined;
    return profilePage(context, { form, username: '', password, links, legal });
  },
  code: (context, policy) => {
    const [type] = codeIdentifiersFor(policy, 'SignIn');
    // Where none says who it is, the code that people meet comes second.
    const [second] = type === undefined ? codeTypes(policy.mfa) : [];
    const recipient = second === undefined ? example[type ?? 'phone'] : maskRecipient(example[second]);
    return codePage(context, {
      form,
      recipient,
      mayBeUnknown: false,
      codeLength: policy.verificationCodePolicy.codeLength,
      resend: { form, after: context.now + resendMs },
      trust: second === undefined ? undefined : trustChoice({ policy, context }, undefined),
      links: { change: second === undefined ? link : undefined },
    });
  },
  'second-step': (context, policy) => {
    const { mfa } = policy;
    // What nobody is asked yet can be looked at all the same.
    const types = mfa.factors.length > 0 ? codeTypes(mfa) : (['phone'] as const);
    const backupCode = takesBackupCodes(mfa) ? link : undefined;
    const isByAppFirst = factorTypes(mfa)[0] === 'totp';
    if (isByAppFirst) {
      const codes = types.length > 0 ? link : undefined;
      const trust = trustChoice({ policy, context }, undefined);
      const links = { codes, backupCode, back: link };
      return authenticatorPage(context, { codeLength: totpDigits, form, trust, links });
    }
    return verifyYourselfPage(context, {
      reason: 'sign-in',
      codes: types.map((type) => ({ form, recipient: maskRecipient(example[type]) })),
      links: { back: link, authenticator: takesTotp(mfa) ? link : undefined, backupCode },
    });
  },
  'forgot-password': (context, policy) => {
    if (!takesCode('ForgotPassword', policy)) return closed(context);
    return recipientPage(context, {
      purpose: 'forgot-password',
      form,
      identifier: askedFor('ForgotPassword', policy),
      links: { signIn: wayIf(policy.signInMode !== 'Register') },
    });
  },
  'new-password': (context, policy) =>
    newPasswordPage(context, {
      purpose: 'forgot-password',
      form,
      password: passwordHint(policy),
      endsOtherSessions: true,
      links: {},
    }),
};

function byPassword(context: PageContext, policy: SignInExperience): string {
  const identifiers = passwordIdentifiers(policy);
  if (identifiers.length === 0) return closed(context);
  return passwordPage(context, {
    form,
    identifier: emptyField(identifiers, policy),
    legal: legalOf('SignIn', policy, {}),
    links: {
      code: wayIf(takesCode('SignIn', policy)),
      register: wayIf(signsUp(policy)),
      forgotPassword: wayIf(takesCode('ForgotPassword', policy)),
    },
  });
}
