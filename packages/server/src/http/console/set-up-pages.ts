import { type Html, html } from '@sesame/pages';
import type { ConsoleLanguage } from './console-language.ts';
import { copyable, type FieldProblem, field, page } from './form-pages.ts';
import { setUpTexts } from './set-up-texts.ts';

/** What the form starts with, and what was wrong with it the last time. */
export type SetUpForm = {
  token: string;
  username: string;
  wantsCredentials: boolean;
  problems?: readonly FieldProblem[];
};

/** Credentials for the Management API, shown this once. */
export type ShownCredentials = { clientId: string; clientSecret: string; publicUrl: string; apiIndicator: string };

/** Asks for the name and the password of the first administrator. */
export function setUpPage(
  language: ConsoleLanguage,
  { token, username, wantsCredentials, problems = [] }: SetUpForm,
): string {
  const t = setUpTexts[language];
  return page(
    language,
    problems.length > 0 ? t.errorTitle(t.title) : t.title,
    html`<h1>${t.title}</h1>
      <p>${t.lead}</p>
      ${problems.length > 0 && html`<p class="problem" role="alert">${t.notCreated}</p>`}
      <form method="post" action="/console/set-up" novalidate>
        <input type="hidden" name="token" value="${token}">
        ${field('username', t.username, 'text', {
          value: username,
          hint: t.usernameHint,
          autocomplete: 'username',
          problems,
          isFirst: true,
        })}
        ${field('password', t.password, 'password', { hint: t.passwordHint, autocomplete: 'new-password', problems })}
        ${field('repeated', t.repeated, 'password', { autocomplete: 'new-password', problems })}
        <div class="choice">
          <input type="checkbox" id="credentials" name="credentials" value="yes" aria-describedby="credentials-hint"${wantsCredentials ? html` checked` : undefined}>
          <label for="credentials">${t.wantsCredentials}</label>
          <p class="hint" id="credentials-hint">${t.credentialsHint}</p>
        </div>
        <button type="submit">${t.create}</button>
      </form>`,
  );
}

/** Says that the link does not work, why, and what to do. */
export function closedLinkPage(language: ConsoleLanguage): string {
  const t = setUpTexts[language];
  return page(
    language,
    t.closed,
    html`<h1>${t.closed}</h1>
      <p>${t.closedLead}</p>
      <h2>${t.whatToDo}</h2>
      <ul>
        <li>${t.lookForNewest}</li>
        <li>${t.findOut}</li>
      </ul>`,
  );
}

/** Says what to do next; with the credentials, if they were asked for and could be made. */
export function setUpDonePage(
  language: ConsoleLanguage,
  username: string,
  { credentials, isSignedIn }: { credentials: ShownCredentials | 'failed' | undefined; isSignedIn: boolean },
): string {
  const t = setUpTexts[language];
  const name = html`<strong>${username}</strong>`;
  const linkTo = (href: string) => (text: string) => html`<a href="${href}">${text}</a>`;
  const isThere = typeof credentials === 'object';
  return page(
    language,
    t.done,
    html`<h1>${t.done}</h1>
      <p>${t.isAdministrator(name)}</p>
      ${isThere ? credentialsSection(t, credentials) : undefined}
      ${credentials === 'failed' ? html`<p class="problem" role="alert">${t.credentialsFailed}</p>` : undefined}
      <h2>${t.next}</h2>
      <ol>
        <li>${t.keepPassword(name)}</li>
        <li>${(isSignedIn ? t.onToConsole : t.toConsole)(linkTo('/console'))}</li>
        ${isThere ? undefined : html`<li>${t.createApplication}</li>`}
        <li>${t.sendCode(html`<code>POST /api/verification-codes</code>`)}</li>
      </ol>
      <p>${t.reference(linkTo('/api/docs'))}</p>`,
    isThere,
  );
}

type Texts = (typeof setUpTexts)[ConsoleLanguage];

function credentialsSection(t: Texts, { clientId, clientSecret, publicUrl, apiIndicator }: ShownCredentials): Html {
  const names = (what: string) => ({ copy: t.copy(what), copied: t.copied });
  return html`<h2>${t.credentials}</h2>
      <p class="notice">${t.copyNow}</p>
      <dl>
        <dt>${t.clientId}</dt>
        <dd>${copyable('client-id', clientId, names(t.clientId))}</dd>
        <dt>${t.clientSecret}</dt>
        <dd>${copyable('client-secret', clientSecret, names(t.clientSecret))}</dd>
      </dl>
      <p>${t.getToken}</p>
      ${copyable('get-token', tokenCommand({ clientId, clientSecret, publicUrl, apiIndicator }), names(t.command), true)}
      <p>${t.callApi}</p>
      ${copyable('call-api', callCommand(publicUrl), names(t.command), true)}`;
}

const tokenCommand = ({ clientId, clientSecret, publicUrl, apiIndicator }: ShownCredentials) =>
  `curl '${publicUrl}/oidc/token' \\
  -u '${clientId}:${clientSecret}' \\
  -d grant_type=client_credentials -d scope=all \\
  --data-urlencode 'resource=${apiIndicator}'`;

const callCommand = (publicUrl: string) => `curl '${publicUrl}/api/connector-factories' \\
  -H 'Authorization: Bearer ACCESS_TOKEN'`;
