import { countryName } from '../countries.ts';
import { type Html, html } from '../html.ts';
import { htmlDocument } from '../parts/document.ts';
import { form, passwordField, submit, textField } from '../parts/fields.ts';
import { agreementBox, hasAgreementBox, legalNote } from '../parts/legal.ts';
import { footLinks, pageHead, toContinue, way } from '../parts/page-head.ts';
import { phoneField } from '../parts/phone-field.ts';
import { type PlacedProblem, placeProblem } from '../parts/problems.ts';
import { type Translate, translator } from '../translations/translate.ts';
import type { PageContext, PasswordPage } from '../view-models.ts';

/** Signs in with a password. */
export function passwordPage(context: PageContext, page: PasswordPage): string {
  const t = translator(context);
  const takesPhoneOnly = !page.identifiers.includes('username');
  const problem = placeProblem(t, page.problem, [
    takesPhoneOnly ? 'phone' : 'identifier',
    'password',
    ...(hasAgreementBox(page.legal) ? (['agree'] as const) : []),
  ]);
  const { code, register, forgotPassword } = page.links;
  return htmlDocument(context, {
    title: t('signIn.title'),
    hasProblem: page.problem !== undefined,
    content: html`${pageHead(t('signIn.title'), toContinue(t, page.application))}
      ${problem.alert}
      ${form(
        page.form,
        html`${identifierField(t, context, page, problem)}
        ${passwordField(t, {
          name: 'password',
          label: t('field.password'),
          autocomplete: 'current-password',
          problem: problem.at('password'),
          hasFocus: problem.at('password') !== undefined,
        })}
        ${agreementBox(t, page.legal, problem)}
        ${submit(t('signIn.submit'))}
        ${legalNote(t, page.legal)}
        ${footLinks(
          way(forgotPassword, t('signIn.forgot')),
          way(code, t('signIn.withCode')),
          register === undefined ? undefined : html`${t('signIn.new')} ${way(register, t('signIn.register'))}`,
        )}`,
      )}`,
  });
}

/** One field for both, since a password manager keeps one; a username never begins with a digit or a plus. */
function identifierField(
  t: Translate,
  { language }: PageContext,
  { identifiers, identifier, phone }: PasswordPage,
  problem: PlacedProblem,
): Html {
  const hasFocus = problem.at('password') === undefined && problem.at('agree') === undefined;
  if (!identifiers.includes('username')) {
    return phoneField(t, { language, phone, problem: problem.at('phone'), hasFocus });
  }
  const takesPhone = identifiers.includes('phone');
  return textField({
    name: 'identifier',
    label: t(takesPhone ? 'field.phoneOrUsername' : 'field.username'),
    value: identifier,
    autocomplete: 'username',
    hint: takesPhone ? t('field.phoneOrUsernameHint', { country: countryName(phone.country, language) }) : undefined,
    problem: problem.at('identifier'),
    hasFocus,
  });
}
