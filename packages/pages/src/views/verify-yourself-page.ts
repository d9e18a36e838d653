import { html } from '../html.ts';
import { htmlDocument } from '../parts/document.ts';
import { form, knownAs, passwordField, submit } from '../parts/fields.ts';
import { footLinks, link, pageHead, phoneText } from '../parts/page-head.ts';
import { placeProblem } from '../parts/problems.ts';
import { formatPhone } from '../phone-number.ts';
import { translator } from '../translations/translate.ts';
import type { PageContext, RemovePhonePage, VerifyYourselfPage } from '../view-models.ts';

/** Asks who it is before something about the account changes: by a code, by the password, or by either. */
export function verifyYourselfPage(context: PageContext, page: VerifyYourselfPage): string {
  const t = translator(context);
  const { code, password, links } = page;
  const problem = placeProblem(t, page.problem, password ? ['password'] : []);
  return htmlDocument(context, {
    title: t('verify.title'),
    hasProblem: page.problem !== undefined,
    content: html`${pageHead(t('verify.title'), t(`verify.${page.reason}`))}
      ${problem.alert}
      ${
        code &&
        form(
          code.form,
          html`<button type="submit" class="primary">${t.rich('verify.sendCode', { phone: phoneText(code.phone) })}</button>`,
        )
      }
      ${code && password && html`<p class="or"><span>${t('or')}</span></p>`}
      ${
        password &&
        form(
          password.form,
          html`${knownAs(password.knownAs)}
        ${passwordField(t, {
          name: 'password',
          label: t('field.password'),
          autocomplete: 'current-password',
          problem: problem.at('password'),
          hasFocus: problem.at('password') !== undefined || !code,
        })}
        ${code ? html`<button type="submit" class="secondary">${t('verify.submit')}</button>` : submit(t('verify.submit'))}`,
        )
      }
      ${footLinks(link(links.back, t('account.back')))}`,
  });
}

/** Asks once more before the number is taken off the account. */
export function removePhonePage(context: PageContext, page: RemovePhonePage): string {
  const t = translator(context);
  const title = t('phone.removeTitle', { phone: formatPhone(page.phone) });
  return htmlDocument(context, {
    title,
    hasProblem: page.problem !== undefined,
    content: html`${pageHead(t.rich('phone.removeTitle', { phone: phoneText(page.phone) }), t('phone.removeHint'))}
      ${placeProblem(t, page.problem, []).alert}
      ${form(page.form, html`<button type="submit" class="primary danger">${t('phone.removeSubmit')}</button>`)}
      ${footLinks(link(page.links.back, t('account.back')))}`,
  });
}
