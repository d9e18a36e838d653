import { codePage, messagePage, type PageContext, passwordPage, phonePage, profilePage } from '@sesame/pages';
import { resetsPasswords, type SignInExperience, signsInByCode } from '../../../experience/sign-in-experience.ts';

/** The pages that a preview can show. */
export const previewPages = ['sign-in', 'register', 'code', 'forgot-password'] as const;
export type PreviewPage = (typeof previewPages)[number];

const form = { action: '#', hidden: {} };
const link = '#';
/** Kept for drama and never given to anybody (Ofcom), so that a preview shows nobody's number. */
const examplePhone = '+447700900123';
const resendSeconds = 25;

/** A hosted page as people meet it when they come from an application. @returns HTML */
export function previewPage(context: PageContext, experience: SignInExperience, page: PreviewPage): string {
  switch (page) {
    case 'register':
      return registerPage(context, experience);
    case 'code':
      return codePage(context, {
        form,
        phone: examplePhone,
        mayBeUnknown: false,
        codeLength: experience.verificationCodePolicy.codeLength,
        resend: { form, after: context.now + resendSeconds * 1000 },
        links: { changeNumber: link },
      });
    case 'forgot-password':
      if (!resetsPasswords(experience)) return closed(context);
      return phonePage(context, {
        purpose: 'forgot-password',
        form,
        phone: emptyPhone(experience),
        links: { signIn: link },
      });
    default:
      return signInPage(context, experience);
  }
}

function signInPage(context: PageContext, experience: SignInExperience): string {
  const { methods } = experience.signIn;
  const [first] = methods;
  if (!first || experience.signInMode === 'Register') return closed(context);
  const byPassword = methods.filter(({ password }) => password).map(({ identifier }) => identifier);
  const register = signsUp(experience) ? link : undefined;
  const phone = emptyPhone(experience);
  if (first.verificationCode && !first.isPasswordPrimary) {
    const links = { register, ...(byPassword.length > 0 && { password: link }) };
    return phonePage(context, { purpose: 'sign-in', form, phone, links });
  }
  return passwordPage(context, {
    form,
    identifiers: byPassword,
    identifier: '',
    phone,
    links: {
      register,
      ...(signsInByCode(experience) && { code: link }),
      ...(resetsPasswords(experience) && { forgotPassword: link }),
    },
  });
}

function registerPage(context: PageContext, experience: SignInExperience): string {
  const { signInMode, signUp, termsOfUseUrl, privacyPolicyUrl } = experience;
  if (!signsUp(experience)) return closed(context);
  const legal = { termsOfUseUrl, privacyPolicyUrl };
  const links = { signIn: signInMode === 'Register' ? undefined : link };
  if (signUp.identifiers.includes('phone')) {
    return phonePage(context, { purpose: 'register', form, phone: emptyPhone(experience), links, legal });
  }
  return profilePage(context, { form, username: '', asksPassword: signUp.password, links, legal });
}

const signsUp = ({ signInMode, signUp }: SignInExperience) => signInMode !== 'SignIn' && signUp.identifiers.length > 0;
const emptyPhone = ({ defaultCountry }: SignInExperience) => ({ country: defaultCountry, number: '' });
const closed = (context: PageContext) => messagePage(context, { message: 'closed' });
