import { html } from '../html.ts';
import { htmlDocument } from '../parts/document.ts';
import { form, knownAs, newPasswordField, submit, textField } from '../parts/fields.ts';
import { agreementBox, hasAgreementBox, legalNote } from '../parts/legal.ts';
import { footLinks, pageHead, toContinue, way } from '../parts/page-head.ts';
import { placeProblem } from '../parts/problems.ts';
import { translator } from '../translations/translate.ts';
import type { PageContext } from '../view-models/page.ts';
import type { ProfilePage } from '../view-models/sign-in-pages.ts';

/** Asks for what a new account is still to have. */
export function profilePage(context: PageContext, page: ProfilePage): string {
  const t = translator(context);
  const { username, password, links } = page;
  const problem = placeProblem(t, page.problem, [
    ...(username === undefined ? [] : (['username'] as const)),
    ...(password ? (['password'] as const) : []),
    ...(hasAgreementBox(page.legal) ? (['agree'] as const) : []),
  ]);
  const isSecondStep = page.knownAs !== undefined;
  const title = t(isSecondStep ? 'register.profileTitle' : 'register.title');
  const usernameHasFocus = username !== undefined && problem.at('password') === undefined;
  const isAgreementMissing = problem.at('agree') !== undefined;
  return htmlDocument(context, {
    title,
    hasProblem: page.problem !== undefined,
    content: html`${pageHead(title, isSecondStep ? t('register.profileHint') : toContinue(t, page.application))}
      ${problem.alert}
      ${form(
        page.form,
        html`${
          username === undefined
            ? knownAs(page.knownAs)
            : textField({
                name: 'username',
                label: t('field.username'),
                value: username,
                autocomplete: 'username',
                hint: t('field.usernameHint'),
                problem: problem.at('username'),
                hasFocus: usernameHasFocus && !isAgreementMissing,
              })
        }
        ${
          password &&
          newPasswordField(t, password, {
            label: t('field.password'),
            problem: problem.at('password'),
            hasFocus: !usernameHasFocus && !isAgreementMissing,
          })
        }
        ${agreementBox(t, page.legal, problem)}
        ${submit(t('register.submit'))}
        ${legalNote(t, page.legal)}
        ${footLinks(links.signIn === undefined ? undefined : html`${t('register.known')} ${way(links.signIn, t('register.signIn'))}`)}`,
      )}`,
  });
}
