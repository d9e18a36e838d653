import { type Html, html } from '../html.ts';
import { codeField } from '../parts/code-field.ts';
import { htmlDocument } from '../parts/document.ts';
import { form, skipButton, submit } from '../parts/fields.ts';
import { footLinks, link, pageHead } from '../parts/page-head.ts';
import { placeProblem } from '../parts/problems.ts';
import { trustBox } from '../parts/trust-box.ts';
import { qrCode } from '../qr-code.ts';
import { translator } from '../translations/translate.ts';
import type { AuthenticatorPage, NewAuthenticatorPage, RemoveAuthenticatorPage } from '../view-models/account-pages.ts';
import type { PageContext } from '../view-models/page.ts';

/** Shows the secret of an authenticator app that is being set up, and asks for its first code. */
export function newAuthenticatorPage(context: PageContext, page: NewAuthenticatorPage): string {
  const t = translator(context);
  const { secret, uri, replaces, codeLength, links } = page;
  const title = t(replaces ? 'account.changeAuthenticator' : 'account.addAuthenticator');
  const problem = placeProblem(t, page.problem, ['code']);
  const inFours = secret.match(/.{1,4}/g)?.join(' ') ?? secret;
  return htmlDocument(context, {
    title,
    hasProblem: page.problem !== undefined,
    content: html`${pageHead(title, t('authenticator.lead'), replaces ? t('authenticator.replaces') : undefined)}
      ${problem.alert}
      ${drawn(uri, t('authenticator.qr'))}
      <p class="kept"><a href="${uri}">${t('authenticator.open')}</a></p>
      <p class="hint">${t('authenticator.key')}</p>
      <p class="key" dir="ltr">${inFours}</p>
      ${form(
        page.form,
        html`${codeField(t, { length: codeLength, problem: problem.at('code') })}
        ${submit(t('code.submit'))}`,
      )}
      ${page.skip && form(page.skip, skipButton(t))}
      ${footLinks(link(links.codes, t('authenticator.sendInstead')), link(links.back, t(page.isInSignIn ? 'forgot.back' : 'account.back')))}`,
  });
}

/** Asks for a code of the authenticator app of an account. */
export function authenticatorPage(context: PageContext, page: AuthenticatorPage): string {
  const t = translator(context);
  const { codeLength, links } = page;
  const problem = placeProblem(t, page.problem, ['code']);
  return htmlDocument(context, {
    title: t('code.title'),
    hasProblem: page.problem !== undefined,
    content: html`${pageHead(t('code.title'), t('authenticator.useHint'))}
      ${problem.alert}
      ${form(
        page.form,
        html`${codeField(t, { length: codeLength, problem: problem.at('code') })}
        ${trustBox(t, context, page.trust)}
        ${submit(t('code.submit'))}`,
      )}
      ${footLinks(
        link(links.codes, t('authenticator.sendInstead')),
        link(links.backupCode, t('backup.use')),
        link(links.back, t('forgot.back')),
      )}`,
  });
}

/** Asks once more before the authenticator app is taken off the account. */
export function removeAuthenticatorPage(context: PageContext, page: RemoveAuthenticatorPage): string {
  const t = translator(context);
  const title = t('account.removeAuthenticator');
  return htmlDocument(context, {
    title,
    hasProblem: page.problem !== undefined,
    content: html`${pageHead(title, t('authenticator.removeHint'))}
      ${placeProblem(t, page.problem, []).alert}
      ${form(page.form, html`<button type="submit" class="primary danger">${t('account.remove')}</button>`)}
      ${footLinks(link(page.links.back, t('account.back')))}`,
  });
}

/** A QR code, dark on white whatever the colours of the page, which is what cameras read. */
function drawn(text: string, label: string): Html {
  const { size, path } = qrCode(text);
  return html`<svg class="qr" role="img" aria-label="${label}" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path d="${path}"/></svg>`;
}
