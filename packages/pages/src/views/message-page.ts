import { html } from '../html.ts';
import { htmlDocument } from '../parts/document.ts';
import { form } from '../parts/fields.ts';
import { pageHead } from '../parts/page-head.ts';
import { translator } from '../translations/translate.ts';
import type { PageContext } from '../view-models/page.ts';
import type { MessagePage, SignOutPage } from '../view-models/sign-in-pages.ts';

const marks: Partial<Record<MessagePage['message'], string>> = {
  'signed-out': 'good',
  'flow-over': 'wait',
  'too-many-requests': 'wait',
  unavailable: 'wait',
};

const linkTexts = {
  'try-again': 'message.tryAgain',
  'sign-in': 'signIn.submit',
  continue: 'continue',
  account: 'account.title',
} as const;

/** Says what is the matter, and what to do. */
export function messagePage(context: PageContext, { message, waitSeconds, details, link }: MessagePage): string {
  const t = translator(context);
  const sentences = [
    t(`message.${message}.text`),
    ...(waitSeconds === undefined ? [] : [t('message.waitSeconds', { wait: t.wait(waitSeconds) })]),
  ];
  return htmlDocument(context, {
    title: t(`message.${message}.title`),
    content: html`<div class="mark ${marks[message] ?? 'bad'}" aria-hidden="true"></div>
      ${pageHead(t(`message.${message}.title`), t.join(sentences))}
      ${details !== undefined && html`<p class="details" lang="en">${details}</p>`}
      ${link && html`<p><a class="primary" href="${link.href}">${t(linkTexts[link.text])}</a></p>`}`,
  });
}

/** Asks whether to sign out. */
export function signOutPage(context: PageContext, page: SignOutPage): string {
  const t = translator(context);
  return htmlDocument(context, {
    title: t('signOut.title'),
    content: html`${pageHead(t('signOut.title'), t('signOut.hint'))}
      ${form(
        page.form,
        html`<button type="submit" class="primary" name="logout" value="yes">${t('signOut.yes')}</button>
        <button type="submit" class="secondary">${t('signOut.no')}</button>`,
      )}`,
  });
}
