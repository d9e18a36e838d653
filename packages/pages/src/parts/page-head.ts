import { type Html, html } from '../html.ts';
import { formatRecipient, isAddress } from '../phone-number.ts';
import type { Translate } from '../translations/translate.ts';
import type { Way } from '../view-models/page.ts';

/** The title of a page and what stands below it. */
export const pageHead = (title: string | Html, ...lines: readonly (string | Html | undefined)[]): Html =>
  html`<h1>${title}</h1>
      ${lines.filter((line) => line !== undefined).map((line) => html`<p class="lead">${line}</p>`)}`;

/** Names the application that asked. */
export const toContinue = (t: Translate, application: string | undefined): string | undefined =>
  application === undefined || application === '' ? undefined : t('continueTo', { application });

/** A phone number or an address in a text, read from left to right; a number is never torn apart. */
export const recipientText = (recipient: string): Html =>
  html`<bdi class="${isAddress(recipient) ? 'address' : 'number'}" dir="ltr">${formatRecipient(recipient)}</bdi>`;

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

/** A link to a page of the operator's own. */
export const outside = (href: string, text: string): Html =>
  html`<a href="${href}" target="_blank" rel="noopener">${text}</a>`;
