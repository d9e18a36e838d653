import { html } from '../html.ts';
import { htmlDocument } from '../parts/document.ts';
import { form, passwordField, submit } from '../parts/fields.ts';
import { identifierField, nameOf } from '../parts/identifier-field.ts';
import { agreementBox, hasAgreementBox, legalNote } from '../parts/legal.ts';
import { footLinks, pageHead, toContinue, way } from '../parts/page-head.ts';
import { placeProblem } from '../parts/problems.ts';
import { translator } from '../translations/translate.ts';
import type { PageContext } from '../view-models/page.ts';
import type { PasswordPage } from '../view-models/sign-in-pages.ts';

/** Signs in with a password. */
export function passwordPage(context: PageContext, page: PasswordPage): string {
  const t = translator(context);
  const problem = placeProblem(t, page.problem, [
    nameOf(page.identifier),
    'password',
    ...(hasAgreementBox(page.legal) ? (['agree'] as const) : []),
  ]);
  const { code, register, forgotPassword } = page.links;
  const hasFocus = problem.at('password') === undefined && problem.at('agree') === undefined;
  return htmlDocument(context, {
    title: t('signIn.title'),
    hasProblem: page.problem !== undefined,
    content: html`${pageHead(t('signIn.title'), toContinue(t, page.application))}
      ${problem.alert}
      ${form(
        page.form,
        html`${identifierField(t, { language: context.language, identifier: page.identifier, problem, hasFocus })}
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
