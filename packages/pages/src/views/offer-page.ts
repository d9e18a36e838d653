import { html } from '../html.ts';
import { htmlDocument } from '../parts/document.ts';
import { form, submit } from '../parts/fields.ts';
import { agreementBox, hasAgreementBox, legalNote } from '../parts/legal.ts';
import { footLinks, link, pageHead, recipientText } from '../parts/page-head.ts';
import { placeProblem } from '../parts/problems.ts';
import { isAddress } from '../phone-number.ts';
import { translator } from '../translations/translate.ts';
import type { PageContext } from '../view-models/page.ts';
import type { OfferPage } from '../view-models/sign-in-pages.ts';

const texts = {
  'create-account': { title: 'offer.createTitle', lead: 'offer.create', submit: 'offer.createSubmit' },
  'sign-in': { title: 'offer.signInTitle', lead: 'offer.signIn', submit: 'offer.signInSubmit' },
} as const;

/** Offers the other thing that a proven number or address is good for. */
export function offerPage(
  context: PageContext,
  { offer, form: target, recipient, links, legal, problem }: OfferPage,
): string {
  const t = translator(context);
  const keys = texts[offer];
  const placed = placeProblem(t, problem, hasAgreementBox(legal) ? ['agree'] : []);
  return htmlDocument(context, {
    title: t(keys.title),
    hasProblem: problem !== undefined,
    content: html`${pageHead(t(keys.title), t.rich(keys.lead, { phone: recipientText(recipient) }))}
      ${placed.alert}
      ${form(target, html`${agreementBox(t, legal, placed)}${submit(t(keys.submit))}${legalNote(t, legal)}`)}
      ${footLinks(link(links.change, t(isAddress(recipient) ? 'offer.changeAddress' : 'offer.changeNumber')))}`,
  });
}
