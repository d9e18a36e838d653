import { html } from '../html.ts';
import { htmlDocument } from '../parts/document.ts';
import { form, submit, textField } from '../parts/fields.ts';
import { footLinks, link, pageHead } from '../parts/page-head.ts';
import { placeProblem } from '../parts/problems.ts';
import { translator } from '../translations/translate.ts';
import type { BackupCodePage, BackupCodesPage, BackupCodesTherePage } from '../view-models/account-pages.ts';
import type { PageContext } from '../view-models/page.ts';

/** Shows new backup codes, once, and asks whether they are kept. */
export function backupCodesPage(context: PageContext, page: BackupCodesPage): string {
  const t = translator(context);
  const { codes, replaces, links } = page;
  const file = [context.brand.name, ...codes].filter((line) => line !== '').join('\n');
  return htmlDocument(context, {
    title: t('backup.title'),
    hasProblem: page.problem !== undefined,
    content: html`${pageHead(t('backup.title'), t('backup.lead'), replaces ? t('backup.replaces') : undefined)}
      ${placeProblem(t, page.problem, []).alert}
      <ul class="codes" dir="ltr">${codes.map((code) => html`<li>${code}</li>`)}</ul>
      <p class="kept"><a href="data:text/plain;charset=utf-8,${encodeURIComponent(`${file}\n`)}" download="backup-codes.txt">${t('backup.download')}</a>
        <button type="button" class="link copy" hidden data-copied="${t('backup.copied')}">${t('backup.copy')}</button>
        <span class="unseen" aria-live="polite"></span></p>
      ${form(page.form, submit(t('backup.kept')))}
      ${footLinks(link(links.back, t('account.back')))}`,
  });
}

/** Says that the account has backup codes which another window has shown, and leads on. */
export function backupCodesTherePage(context: PageContext, page: BackupCodesTherePage): string {
  const t = translator(context);
  return htmlDocument(context, {
    title: t('account.backupCodes'),
    content: html`${pageHead(t('account.backupCodes'), t('backup.there'))}
      ${form(page.form, submit(t('continue')))}`,
  });
}

/** Asks for a backup code, in place of one that is sent. */
export function backupCodePage(context: PageContext, page: BackupCodePage): string {
  const t = translator(context);
  const problem = placeProblem(t, page.problem, ['backup']);
  return htmlDocument(context, {
    title: t('backup.useTitle'),
    hasProblem: page.problem !== undefined,
    content: html`${pageHead(t('backup.useTitle'), t('backup.useHint'))}
      ${problem.alert}
      ${form(
        page.form,
        html`${textField({
          name: 'backup',
          label: t('backup.label'),
          autocomplete: 'off',
          problem: problem.at('backup'),
          hasFocus: true,
        })}
        ${submit(t('code.submit'))}`,
      )}
      ${footLinks(link(page.links.back, t('forgot.back')))}`,
  });
}
