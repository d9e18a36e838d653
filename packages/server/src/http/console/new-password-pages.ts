import { html } from '@sesame/pages';
import type { ConsoleLanguage } from './console-language.ts';
import { type FieldProblem, field, page } from './form-pages.ts';
import { newPasswordTexts } from './new-password-texts.ts';
import { setUpTexts } from './set-up-texts.ts';

/** Asks an administrator for a new password. */
export function newPasswordPage(
  language: ConsoleLanguage,
  { token, username, problems = [] }: { token: string; username: string; problems?: readonly FieldProblem[] },
): string {
  const t = newPasswordTexts[language];
  const { errorTitle, username: name, password, passwordHint, repeated } = setUpTexts[language];
  return page(
    language,
    problems.length > 0 ? errorTitle(t.title) : t.title,
    html`<h1>${t.title}</h1>
      <p>${t.lead(html`<strong>${username}</strong>`)}</p>
      ${problems.length > 0 && html`<p class="problem" role="alert">${t.notChanged}</p>`}
      <form method="post" action="/console/new-password" novalidate>
        <input type="hidden" name="token" value="${token}">
        <input type="text" name="username" value="${username}" autocomplete="username" aria-label="${name}" readonly hidden>
        ${field('password', password, 'password', { hint: passwordHint, autocomplete: 'new-password', problems, isFirst: true })}
        ${field('repeated', repeated, 'password', { autocomplete: 'new-password', problems })}
        <button type="submit">${t.save}</button>
      </form>`,
  );
}

/** Says that the link does not work, why, and what to do. */
export function closedPasswordLinkPage(language: ConsoleLanguage): string {
  const t = newPasswordTexts[language];
  return page(
    language,
    t.closed,
    html`<h1>${t.closed}</h1>
      <p>${t.closedLead}</p>
      <p>${t.newLink(html`<code>npx sesame administrators reset</code>`)}</p>`,
  );
}

/** Says that the password is changed, and where to sign in. */
export function newPasswordDonePage(language: ConsoleLanguage, username: string): string {
  const t = newPasswordTexts[language];
  return page(
    language,
    t.done,
    html`<h1>${t.done}</h1>
      <p>${t.doneLead(html`<strong>${username}</strong>`)}</p>
      <p>${t.toConsole((text) => html`<a href="/console">${text}</a>`)}</p>`,
  );
}
