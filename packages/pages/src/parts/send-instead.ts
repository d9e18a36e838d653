import { type Html, html } from '../html.ts';
import type { Translate } from '../translations/translate.ts';
import type { Instead } from '../view-models/sign-in-pages.ts';
import { form } from './fields.ts';
import { recipientText } from './page-head.ts';

/** The way out where a code does not come, or could not be sent; where there is one. */
export const sendInstead = (t: Translate, instead: Instead | undefined): Html | undefined =>
  instead &&
  form(
    instead.form,
    html`<button type="submit" class="link">${t.rich('code.sendInstead', { recipient: recipientText(instead.recipient) })}</button>`,
  );
