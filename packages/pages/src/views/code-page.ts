import { type Html, html } from '../html.ts';
import { codeField } from '../parts/code-field.ts';
import { htmlDocument } from '../parts/document.ts';
import { form, submit } from '../parts/fields.ts';
import { footLinks, link, pageHead, recipientText } from '../parts/page-head.ts';
import { placeProblem } from '../parts/problems.ts';
import { sendInstead } from '../parts/send-instead.ts';
import { trustBox } from '../parts/trust-box.ts';
import { isAddress } from '../phone-number.ts';
import { type Translate, translator } from '../translations/translate.ts';
import type { PageContext } from '../view-models/page.ts';
import type { CodeElsewherePage, CodePage } from '../view-models/sign-in-pages.ts';

const bySms = { sent: 'code.sent', sentIfKnown: 'code.sentIfKnown', change: 'code.changeNumber' } as const;
const byEmail = {
  sent: 'code.sentByEmail',
  sentIfKnown: 'code.sentByEmailIfKnown',
  change: 'code.changeAddress',
} as const;

/** Asks for the code that was sent. */
export function codePage(context: PageContext, page: CodePage): string {
  const t = translator(context);
  const problem = placeProblem(t, page.problem, ['code']);
  const isByEmail = isAddress(page.recipient);
  const shown = recipientText(page.recipient);
  const texts = isByEmail ? byEmail : bySms;
  const sent = t.rich(page.mayBeUnknown ? texts.sentIfKnown : texts.sent, {
    phone: shown,
    email: shown,
    count: page.codeLength,
  });
  const notice =
    page.notice && !page.problem ? html`<p class="notice" role="status">${t('code.sentAgain')}</p>` : undefined;
  return htmlDocument(context, {
    title: t('code.title'),
    hasProblem: page.problem !== undefined,
    content: html`${pageHead(t('code.title'), html`${sent} ${link(page.links.change, t(texts.change))}`, isByEmail ? t('code.lookInSpam') : undefined)}
      ${problem.alert}${notice}
      ${form(
        page.form,
        html`${codeField(t, { length: page.codeLength, value: page.code, problem: problem.at('code') })}
        ${trustBox(t, context, page.trust)}
        ${submit(t('code.submit'))}`,
      )}
      ${footLinks(
        resend(t, page, context.now),
        sendInstead(t, page.instead),
        link(page.links.authenticator, t('authenticator.use')),
        link(page.links.backupCode, t('backup.use')),
      )}`,
  });
}

/** Shows a code where nobody asked for it; it counts only where it was asked for. */
export function codeElsewherePage(context: PageContext, { code }: CodeElsewherePage): string {
  const t = translator(context);
  return htmlDocument(context, {
    title: t('codeElsewhere.title'),
    content: html`${pageHead(t('codeElsewhere.title'), t('codeElsewhere.text'))}
      <p class="shown-code" dir="ltr">${code}</p>`,
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
