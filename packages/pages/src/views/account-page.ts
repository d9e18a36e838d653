import { type Html, html } from '../html.ts';
import { dayIn, timeIn } from '../parts/dates.ts';
import { htmlDocument } from '../parts/document.ts';
import { form } from '../parts/fields.ts';
import { footLinks, pageHead, recipientText } from '../parts/page-head.ts';
import { placeProblem } from '../parts/problems.ts';
import { formatRecipient } from '../phone-number.ts';
import { type Translate, translator } from '../translations/translate.ts';
import type { AccountPage, AccountSession, OtherRecipient, TrustedBrowser } from '../view-models/account-pages.ts';
import type { PageContext } from '../view-models/page.ts';

/** What a signed-in person can see and change. */
export function accountPage(context: PageContext, page: AccountPage): string {
  const t = translator(context);
  const { notice, problem, signOut } = page;
  return htmlDocument(context, {
    title: t('account.title'),
    isWide: true,
    hasProblem: problem !== undefined,
    content: html`${pageHead(t('account.title'))}
      ${placeProblem(t, problem, []).alert}
      ${notice !== undefined && html`<p class="notice" role="status">${t(`account.notice.${notice}`)}</p>`}
      <h2>${t('account.profile')}</h2>
      ${facts(t, context, page)}
      <h2>${t('account.sessions')}</h2>
      <ul class="rows">${page.sessions.map((session) => sessionRow(t, context, session))}</ul>
      ${page.endOtherSessions && form(page.endOtherSessions, html`<button type="submit" class="secondary">${t('account.endOthers')}</button>`)}
      ${trustedBrowsers(t, context, page.trustedBrowsers ?? [])}
      ${footLinks(signOut && form(signOut, html`<button type="submit" class="link">${t('account.signOut')}</button>`))}`,
  });
}

function facts(t: Translate, context: PageContext, page: AccountPage): Html {
  const { name, username, phone, email, hasPassword, hasSecondStep, authenticatorSince, backupCodes, links } = page;
  const passwordLink = action(
    links.changePassword,
    hasPassword ? t('account.change') : t('account.set'),
    hasPassword ? t('account.changePassword') : t('account.setPassword'),
  );
  return html`<dl class="rows">
        ${name !== null && fact(t('account.name'), name)}
        ${username !== null && fact(t('account.username'), username)}
        ${recipientFacts(t, phone, page.otherPhones ?? [], { term: 'phone', change: links.changePhone, remove: links.removePhone, another: links.addPhone })}
        ${recipientFacts(t, email, page.otherEmails ?? [], { term: 'email', change: links.changeEmail, remove: links.removeEmail, another: links.addEmail })}
        ${hasPassword !== undefined && fact(t('account.password'), hasPassword ? t('account.passwordSet') : none(t), passwordLink)}
        ${hasSecondStep !== undefined && fact(t('account.secondStep'), t(hasSecondStep ? 'account.secondStepOn' : 'account.secondStepOff'), action(links.changeSecondStep, t('account.change'), t('account.changeSecondStep')))}
        ${authenticatorSince !== undefined && authenticatorFact(t, context, { since: authenticatorSince, change: links.changeAuthenticator, remove: links.removeAuthenticator })}
        ${backupCodes !== undefined && fact(t('account.backupCodes'), codesLeft(t, backupCodes), action(links.changeBackupCodes, t('account.changeBackupCodes')))}
      </dl>`;
}

type App = { since: number | null; change: string | undefined; remove: string | undefined };

/** The authenticator app, with what can be done about it. */
function authenticatorFact(t: Translate, { language }: PageContext, { since, change, remove }: App): Html {
  const verb = since === null ? 'add' : 'change';
  const actions = html`${action(change, t(`account.${verb}`), t(`account.${verb}Authenticator`))}
          ${since !== null && action(remove, t('account.remove'), t('account.removeAuthenticator'))}`;
  const value = since === null ? none(t) : t('account.authenticatorSince', { time: dayIn(language, since) });
  return fact(t('account.authenticator'), value, change !== undefined && actions);
}

const codesLeft = (t: Translate, { left, isFew }: NonNullable<AccountPage['backupCodes']>): Html =>
  left === 0
    ? none(t)
    : html`${t('account.backupCodesLeft', { count: left })}${isFew && html` <span class="hint">${t('account.backupCodesFew')}</span>`}`;

const none = (t: Translate): Html => html`<span class="none">${t('account.none')}</span>`;

const labels = {
  phone: { add: 'account.addPhone', change: 'account.changePhone', remove: 'account.removePhone' },
  email: { add: 'account.addEmail', change: 'account.changeEmail', remove: 'account.removeEmail' },
} as const;

type Links = {
  term: keyof typeof labels;
  change: string | undefined;
  remove: string | undefined;
  another: string | undefined;
};

/** The number or the address, and those beside it, with what can be done about each. */
function recipientFacts(
  t: Translate,
  value: string | null | undefined,
  others: readonly OtherRecipient[],
  { term, change, remove, another }: Links,
): Html | false {
  if (value === undefined) return false;
  const verb = value === null ? 'add' : 'change';
  const tag = value !== null && others.length > 0 && html` <span class="tag">${t('account.primary')}</span>`;
  const labelOf = (text: string, other: string) => `${text}: ${formatRecipient(other)}`;
  const actions = html`${action(change, t(`account.${verb}`), t(labels[term][verb]))}
          ${value !== null && action(remove, t('account.remove'), t(labels[term].remove))}
          ${action(another, t('account.add'), t(labels[term].add))}`;
  const shown = value === null ? none(t) : html`${recipientText(value)}${tag}`;
  return html`${fact(t(`account.${term}`), shown, change !== undefined && actions)}${others.map((other) =>
    fact(
      t(`account.${term}`),
      recipientText(other.value),
      (other.makePrimary ?? other.remove) !== undefined &&
        html`${action(other.makePrimary, t('account.makePrimary'), labelOf(t('account.makePrimary'), other.value))}
          ${action(other.remove, t('account.remove'), labelOf(t('account.remove'), other.value))}`,
    ),
  )}`;
}

const fact = (term: string, value: string | Html, actions?: Html | false): Html =>
  html`<div><dt>${term}</dt><dd class="value">${value}</dd>${actions && html`<dd class="actions">${actions}</dd>`}</div>`;

const action = (href: string | undefined, text: string, label = text): Html | false =>
  href !== undefined && html`<a href="${href}" aria-label="${label}">${text}</a>`;

function sessionRow(t: Translate, { language }: PageContext, session: AccountSession): Html {
  const { signedInAt, isCurrent, end, applications } = session;
  const shownDevice = deviceOf(t, session);
  const shownTime = timeIn(language, signedInAt);
  return html`<li>
          <span class="value"><strong>${shownDevice}</strong>${isCurrent && html` <span class="tag">${t('account.thisBrowser')}</span>`}
          <span class="hint">${t.rich('account.since', { time: html`<time datetime="${new Date(signedInAt).toISOString()}">${shownTime}</time>` })}</span>
          ${applications.length > 0 && html`<span class="hint">${applications.join(' · ')}</span>`}</span>
          ${end && form(end, html`<button type="submit" class="link" aria-label="${t('account.endSessionOf', { device: shownDevice, time: shownTime })}">${t('account.endSession')}</button>`)}
        </li>`;
}

/** Where no second code is asked for. */
function trustedBrowsers(t: Translate, { language }: PageContext, browsers: readonly TrustedBrowser[]): Html | false {
  const row = ({ trustedUntil, isCurrent, end, ...names }: TrustedBrowser) => {
    const [shownDevice, time] = [deviceOf(t, names), dayIn(language, trustedUntil)];
    return html`<li>
          <span class="value"><strong>${shownDevice}</strong>${isCurrent && html` <span class="tag">${t('account.thisBrowser')}</span>`}
          <span class="hint">${t('account.trustedUntil', { time })}</span></span>
          ${end && form(end, html`<button type="submit" class="link" aria-label="${t('account.remove')}: ${shownDevice} · ${t('account.trustedUntil', { time })}">${t('account.remove')}</button>`)}
        </li>`;
  };
  return (
    browsers.length > 0 &&
    html`<h2>${t('account.trusted')}</h2>
      <ul class="rows">${browsers.map(row)}</ul>`
  );
}

function deviceOf(t: Translate, { browser, system }: Pick<AccountSession, 'browser' | 'system'>): string {
  if (browser && system) return t('account.device', { browser, system });
  return browser || system || t('account.unknownDevice');
}
