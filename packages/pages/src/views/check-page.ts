import { challengeScript, challengeWidget, challengeWorker } from '../assets.ts';
import { type Html, html } from '../html.ts';
import { htmlDocument } from '../parts/document.ts';
import { form } from '../parts/fields.ts';
import { footLinks, link, pageHead, way } from '../parts/page-head.ts';
import { placeProblem } from '../parts/problems.ts';
import { type Translate, translator } from '../translations/translate.ts';
import type { PageContext } from '../view-models/page.ts';
import type { CheckPage } from '../view-models/sign-in-pages.ts';

/** Checks that a person is there: by a script, or by a wait. What was typed before is kept elsewhere. */
export function checkPage(context: PageContext, { form: target, question, wait, links, problem }: CheckPage): string {
  const t = translator(context);
  const placed = placeProblem(t, problem, []);
  return htmlDocument(context, {
    title: t('check.title'),
    hasProblem: problem !== undefined,
    content: html`${pageHead(t('check.title'), t('check.lead'))}
      ${placed.alert}
      ${form(
        target,
        html`${checkBox(t, question, context.language)}
        ${wait === undefined ? html`<noscript><p>${t('check.needsScript')}</p></noscript>` : waiting(t, wait, context.now)}
        ${footLinks(way(links.password, t('signIn.withPassword')), link(links.back, t('check.back')))}`,
      )}`,
  });
}

/** A script fills it and sends the form; without one it does not show. */
function checkBox(t: Translate, question: object, language: string): Html {
  const files = html` data-script="${challengeScript().url}" data-widget="${challengeWidget().url}" data-worker="${challengeWorker().url}"`;
  return html`<div class="check" hidden data-question="${JSON.stringify(question)}" data-language="${language}" data-broken="${t('check.broken')}"${files}>
          <p class="checking" role="status">${t('check.working')}</p>
          <div class="widget"></div>
          <input type="hidden" name="token">
        </div>`;
}

/** The server decides when it is over; the page counts down to that. */
function waiting(t: Translate, { ticket, until }: NonNullable<CheckPage['wait']>, now: number): Html {
  const seconds = Math.max(0, Math.ceil((until - now) / 1000));
  return html`<input type="hidden" name="wait" value="${ticket}">
        <div class="resend" data-seconds="${seconds}" data-waiting="${t('check.waitIn', { seconds: '%' })}" data-ready="${t('check.waitReady')}">
          <span class="countdown">${seconds > 0 && t('check.waitIn', { seconds })}</span>
          <button type="submit" class="link">${t('check.waitSubmit')}</button>
          <span class="unseen" aria-live="polite"></span>
        </div>`;
}
