import { type Html, html } from '../html.ts';
import { codeField } from '../parts/code-field.ts';
import { htmlDocument } from '../parts/document.ts';
import { form, submit } from '../parts/fields.ts';
import { footLinks, link, pageHead, phoneText } from '../parts/page-head.ts';
import { placeProblem } from '../parts/problems.ts';
import { type Translate, translator } from '../translations/translate.ts';
import type { CodePage, PageContext } from '../view-models.ts';

/** Asks for the code that was sent. */
export function codePage(context: PageContext, page: CodePage): string {
  const t = translator(context);
  const problem = placeProblem(t, page.problem, ['code']);
  const sent = t.rich(page.mayBeUnknown ? 'code.sentIfKnown' : 'code.sent', {
    phone: phoneText(page.phone),
    count: page.codeLength,
  });
  const notice =
    page.notice && !page.problem ? html`<p class="notice" role="status">${t('code.sentAgain')}</p>` : undefined;
  return htmlDocument(context, {
    title: t('code.title'),
    hasProblem: page.problem !== undefined,
    content: html`${pageHead(t('code.title'), html`${sent} ${link(page.links.changeNumber, t('code.changeNumber'))}`)}
      ${problem.alert}${notice}
      ${form(
        page.form,
        html`${codeField(t, { length: page.codeLength, problem: problem.at('code') })}
        ${submit(t('code.submit'))}`,
      )}
      ${footLinks(resend(t, page, context.now))}`,
  });
}

/** The server decides when another message is sent; the page counts down to that. */
function resend(t: Translate, { resend: { form: target, after } }: CodePage, now: number): Html {
  const seconds = Math.max(0, Math.ceil((after - now) / 1000));
  return form(
    target,
    html`<div class="resend" data-seconds="${seconds}" data-waiting="${t('code.resendIn', { seconds: '%' })}" data-ready="${t('code.resendReady')}">
          <span class="countdown">${seconds > 0 && t('code.resendIn', { seconds })}</span>
          <button type="submit" class="link">${t('code.resend')}</button>
          <span class="unseen" aria-live="polite"></span>
        </div>`,
  );
}
