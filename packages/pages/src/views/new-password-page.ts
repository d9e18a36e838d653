import { html } from '../html.ts';
import { htmlDocument } from '../parts/document.ts';
import { checkbox, form, knownAs, newPasswordField, submit } from '../parts/fields.ts';
import { footLinks, link, pageHead } from '../parts/page-head.ts';
import { placeProblem } from '../parts/problems.ts';
import { translator } from '../translations/translate.ts';
import type { PageContext } from '../view-models/page.ts';
import type { NewPasswordPage, PasswordChangedPage } from '../view-models/sign-in-pages.ts';

const titles = {
  'forgot-password': 'forgot.newTitle',
  'set-password': 'password.setTitle',
  'change-password': 'password.changeTitle',
} as const;

/** Asks for a new password. */
export function newPasswordPage(context: PageContext, page: NewPasswordPage): string {
  const t = translator(context);
  const problem = placeProblem(t, page.problem, ['password']);
  const title = t(titles[page.purpose]);
  const { endsOtherSessions } = page;
  return htmlDocument(context, {
    title,
    hasProblem: page.problem !== undefined,
    content: html`${pageHead(title)}
      ${problem.alert}
      ${form(
        page.form,
        html`${knownAs(page.knownAs)}
        ${newPasswordField(t, page.password, {
          label: t('field.newPassword'),
          problem: problem.at('password'),
          hasFocus: true,
        })}
        ${
          endsOtherSessions !== undefined &&
          checkbox('endOtherSessions', {
            label: t('field.endOtherSessions'),
            hint: t('field.endOtherSessionsHint'),
            isChecked: endsOtherSessions,
          })
        }
        ${submit(t('password.submit'))}`,
      )}
      ${footLinks(link(page.links.back, t('account.back')))}`,
  });
}

/** Says that the new password holds, and offers to sign in with it. */
export function passwordChangedPage(context: PageContext, page: PasswordChangedPage): string {
  const t = translator(context);
  const lines = [t('forgot.done'), ...(page.endedOtherSessions ? [t('forgot.doneEverywhere')] : [])];
  return htmlDocument(context, {
    title: t('forgot.doneTitle'),
    content: html`<div class="mark good" aria-hidden="true"></div>
      ${pageHead(t('forgot.doneTitle'), t.join(lines))}
      ${form(page.signIn, submit(t('forgot.signInNow')))}`,
  });
}
