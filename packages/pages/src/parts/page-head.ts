import { type Html, html } from '../html.ts';
import { formatPhone } from '../phone-number.ts';
import type { Translate } from '../translations/translate.ts';
import type { Legal, Way } from '../view-models.ts';

/** The title of a page and what stands below it. */
export const pageHead = (title: string | Html, ...lines: readonly (string | Html | undefined)[]): Html =>
  html`<h1>${title}</h1>
      ${lines.filter((line) => line !== undefined).map((line) => html`<p class="lead">${line}</p>`)}`;

/** Names the application that asked. */
export const toContinue = (t: Translate, application: string | undefined): string | undefined =>
  application === undefined || application === '' ? undefined : t('continueTo', { application });

/** A phone number in a text: never torn apart, read from left to right. */
export const phoneText = (phone: string): Html => html`<bdi class="number" dir="ltr">${formatPhone(phone)}</bdi>`;

/** A link, where there is something to link to. */
export const link = (href: string | undefined, text: string): Html | undefined =>
  href === undefined ? undefined : html`<a href="${href}">${text}</a>`;

/** A way to another page, where there is one. It sends the form that it stands in, whatever is in that. */
export const way = (target: Way | undefined, text: string): Html | undefined =>
  target &&
  html`<button type="submit" class="link" formnovalidate formaction="${target.action}" name="to" value="${target.to}">${text}</button>`;

/** Links below a form. */
export function footLinks(...lines: readonly (Html | undefined)[]): Html | undefined {
  const present = lines.filter((line) => line !== undefined);
  return present.length === 0
    ? undefined
    : html`<div class="foot">${present.map((line) => html`<div>${line}</div>`)}</div>`;
}

/** What one agrees to by going on. */
export function legalNote(t: Translate, legal: Legal | undefined): Html | undefined {
  const { termsOfUseUrl, privacyPolicyUrl } = legal ?? { termsOfUseUrl: null, privacyPolicyUrl: null };
  const terms = termsOfUseUrl !== null && outside(termsOfUseUrl, t('register.terms'));
  const privacy = privacyPolicyUrl !== null && outside(privacyPolicyUrl, t('register.privacy'));
  if (terms && privacy) return html`<p class="legal">${t.rich('register.legal', { terms, privacy })}</p>`;
  if (terms) return html`<p class="legal">${t.rich('register.legalTerms', { terms })}</p>`;
  return privacy ? html`<p class="legal">${t.rich('register.legalPrivacy', { privacy })}</p>` : undefined;
}

const outside = (href: string, text: string) => html`<a href="${href}" target="_blank" rel="noopener">${text}</a>`;
