import { html } from '../html.ts';
import { htmlDocument } from '../parts/document.ts';
import { form, knownAs, passwordField, submit } from '../parts/fields.ts';
import { footLinks, link, pageHead, recipientText } from '../parts/page-head.ts';
import { placeProblem } from '../parts/problems.ts';
import { formatRecipient, isAddress } from '../phone-number.ts';
import { translator } from '../translations/translate.ts';
import type { RecipientDeedPage, VerifyYourselfPage } from '../view-models/account-pages.ts';
import type { PageContext } from '../view-models/page.ts';

/** Asks who it is before something happens: by a code, by the password, or by either. */
export function verifyYourselfPage(context: PageContext, page: VerifyYourselfPage): string {
  const t = translator(context);
  const { codes, password, links } = page;
  const problem = placeProblem(t, page.problem, password ? ['password'] : []);
  return htmlDocument(context, {
    title: t('verify.title'),
    hasProblem: page.problem !== undefined,
    content: html`${pageHead(t('verify.title'), t(`verify.${page.reason}`))}
      ${problem.alert}
      ${codes.map(({ form: target, recipient }) =>
        form(
          target,
          html`<button type="submit" class="primary">${t.rich('verify.sendCode', { phone: recipientText(recipient) })}</button>`,
        ),
      )}
      ${codes.length > 0 && password && html`<p class="or"><span>${t('or')}</span></p>`}
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
          hasFocus: problem.at('password') !== undefined || codes.length === 0,
        })}
        ${codes.length > 0 ? html`<button type="submit" class="secondary">${t('verify.submit')}</button>` : submit(t('verify.submit'))}`,
        )
      }
      ${footLinks(link(links.authenticator, t('authenticator.use')), link(links.backupCode, t('backup.use')), link(links.back, t(page.reason === 'sign-in' ? 'forgot.back' : 'account.back')))}`,
  });
}

/** Asks once more before the number or the address is taken off the account. */
export function removeRecipientPage(context: PageContext, page: RecipientDeedPage): string {
  const t = translator(context);
  const title = t('phone.removeTitle', { phone: formatRecipient(page.recipient) });
  return htmlDocument(context, {
    title,
    hasProblem: page.problem !== undefined,
    content: html`${pageHead(t.rich('phone.removeTitle', { phone: recipientText(page.recipient) }), t('phone.removeHint'))}
      ${placeProblem(t, page.problem, []).alert}
      ${form(page.form, html`<button type="submit" class="primary danger">${t(isAddress(page.recipient) ? 'account.removeEmail' : 'phone.removeSubmit')}</button>`)}
      ${footLinks(link(page.links.back, t('account.back')))}`,
  });
}

/** Asks once more before another number or address becomes the main one. */
export function makePrimaryPage(context: PageContext, page: RecipientDeedPage): string {
  const t = translator(context);
  const title = t('account.makePrimary');
  return htmlDocument(context, {
    title,
    hasProblem: page.problem !== undefined,
    content: html`${pageHead(title, recipientText(page.recipient))}
      ${placeProblem(t, page.problem, []).alert}
      ${form(page.form, submit(title))}
      ${footLinks(link(page.links.back, t('account.back')))}`,
  });
}
