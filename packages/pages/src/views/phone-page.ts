import { type Html, html } from '../html.ts';
import { htmlDocument } from '../parts/document.ts';
import { form, submit } from '../parts/fields.ts';
import { agreementBox, hasAgreementBox, legalNote } from '../parts/legal.ts';
import { footLinks, link, pageHead, toContinue, way } from '../parts/page-head.ts';
import { phoneField } from '../parts/phone-field.ts';
import { placeProblem } from '../parts/problems.ts';
import { type Translate, translator } from '../translations/translate.ts';
import type { PageContext, PhonePage } from '../view-models.ts';

const titles = {
  'sign-in': 'signIn.title',
  register: 'register.title',
  'forgot-password': 'forgot.title',
  'link-phone': 'phone.linkTitle',
} as const;

const hints = {
  'sign-in': 'signIn.hint',
  register: 'register.hint',
  'forgot-password': 'forgot.hint',
  'link-phone': 'phone.linkHint',
} as const;

/** Asks for the number that a code goes to. */
export function phonePage(context: PageContext, page: PhonePage): string {
  const t = translator(context);
  const problem = placeProblem(t, page.problem, [
    'phone',
    ...(hasAgreementBox(page.legal) ? (['agree'] as const) : []),
  ]);
  const title = t(titles[page.purpose]);
  return htmlDocument(context, {
    title,
    hasProblem: page.problem !== undefined,
    content: html`${pageHead(title, toContinue(t, page.application), t(hints[page.purpose]))}
      ${problem.alert}
      ${form(
        page.form,
        html`${phoneField(t, { language: context.language, phone: page.phone, problem: problem.at('phone'), hasFocus: problem.at('agree') === undefined })}
        ${agreementBox(t, page.legal, problem)}
        ${submit(t('continue'))}
        ${legalNote(t, page.legal)}
        ${footLinks(...links(t, page))}`,
      )}`,
  });
}

function links(
  t: Translate,
  { purpose, links: { password, signIn, register, back } }: PhonePage,
): (Html | undefined)[] {
  const toSignIn = purpose === 'forgot-password' ? t('forgot.back') : t('register.signIn');
  return [
    way(password, t('signIn.withPassword')),
    register === undefined ? undefined : html`${t('signIn.new')} ${way(register, t('signIn.register'))}`,
    signIn === undefined ? undefined : html`${purpose === 'register' && t('register.known')} ${way(signIn, toSignIn)}`,
    link(back, t('account.back')),
  ];
}
