import { html } from '../html.ts';
import { htmlDocument } from '../parts/document.ts';
import { form, submit } from '../parts/fields.ts';
import { footLinks, link, pageHead } from '../parts/page-head.ts';
import { placeProblem } from '../parts/problems.ts';
import { translator } from '../translations/translate.ts';
import type { SecondStepPage } from '../view-models/account-pages.ts';
import type { PageContext } from '../view-models/page.ts';

/** Asks whether to switch the second step of one's own account, and says what comes of it. */
export function secondStepPage(context: PageContext, page: SecondStepPage): string {
  const t = translator(context);
  const title = t('account.secondStep');
  return htmlDocument(context, {
    title,
    hasProblem: page.problem !== undefined,
    content: html`${pageHead(title, t(page.isOn ? 'second.offHint' : 'second.onHint'))}
      ${placeProblem(t, page.problem, []).alert}
      ${form(page.form, submit(t(page.isOn ? 'second.switchOff' : 'second.switchOn')))}
      ${footLinks(link(page.links.back, t('account.back')))}`,
  });
}
