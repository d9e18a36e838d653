import { type Html, html } from '@sesame/pages';

/** Where the pages find their stylesheet. */
export const stylesheetPath = '/console/set-up.css';

/** The fields of the form that a person can get wrong. */
export type SetUpField = 'username' | 'password' | 'repeated';

/** What the form starts with, and what was wrong with it the last time. */
export type SetUpForm = {
  token: string;
  username: string;
  wantsCredentials: boolean;
  problem?: { field: SetUpField; message: string } | undefined;
};

/** Credentials for the Management API, shown this once. */
export type ShownCredentials = { clientId: string; clientSecret: string; publicUrl: string; apiIndicator: string };

/** Asks for the name and the password of the first administrator. */
export function setUpPage({ token, username, wantsCredentials, problem }: SetUpForm): string {
  const passwordHint = '8 to 256 characters. A few words in a row are easy to remember and hard to guess.';
  const title = 'Set up Sesame';
  return page(
    problem ? `Error: ${title}` : title,
    html`<h1>${title}</h1>
      <p>Create the first administrator of this server. The link that brought you here works once.</p>
      ${problem && html`<p class="problem" role="alert">The administrator was not created. Please look at the marked field.</p>`}
      <form method="post" action="/console/set-up">
        <input type="hidden" name="token" value="${token}">
        ${field('username', 'Username', 'text', {
          value: username,
          hint: 'Letters, digits, dots, dashes, underscores and @.',
          autocomplete: 'username',
          problem,
          isFirst: true,
        })}
        ${field('password', 'Password', 'password', { hint: passwordHint, autocomplete: 'new-password', problem })}
        ${field('repeated', 'Password, once more', 'password', { autocomplete: 'new-password', problem })}
        <div class="choice">
          <input type="checkbox" id="credentials" name="credentials" value="yes" aria-describedby="credentials-hint"${wantsCredentials ? html` checked` : undefined}>
          <label for="credentials">Create API credentials now</label>
          <p class="hint" id="credentials-hint">A client id and a secret with which your back end calls the Management API. They are shown once, on the next page.</p>
        </div>
        <button type="submit">Create administrator</button>
      </form>`,
  );
}

/** Says that the link does not work, why, and what to do. */
export function closedLinkPage(): string {
  return page(
    'This link does not work',
    html`<h1>This link does not work</h1>
      <p>A set-up link works once, until the server is started again. This one was used, was replaced by a newer one, or was not copied whole.</p>
      <h2>What to do</h2>
      <ul>
        <li>If there is no administrator yet, look for the newest link in the output of the server. Each start without an administrator prints one.</li>
        <li>If somebody else has used the link and you did not expect that, stop the server and find out who had access to its output.</li>
      </ul>`,
  );
}

/** Says what to do next; with the credentials, if they were asked for and could be made. */
export function setUpDonePage(username: string, credentials: ShownCredentials | 'failed' | undefined): string {
  return page(
    'Sesame is set up',
    html`<h1>Sesame is set up</h1>
      <p><strong>${username}</strong> is now the administrator of this server. The link that brought you here no longer works.</p>
      ${typeof credentials === 'object' ? credentialsSection(credentials) : undefined}
      ${credentials === 'failed' ? html`<p class="problem" role="alert">The API credentials could not be created; the log of the server says why. The administrator was created.</p>` : undefined}
      <h2>What to do next</h2>
      <ol>
        <li>Keep the password of <strong>${username}</strong> in a password manager.</li>
        <li>Sign in to the <a href="/console">Console</a> and set up an SMS connector there.</li>
        ${typeof credentials === 'object' ? undefined : html`<li>Where your back end is to call the Management API, create an application for it in the Console.</li>`}
        <li>Send a first code with <code>POST /api/verification-codes</code>.</li>
      </ol>
      <p>All operations are in the <a href="/api/docs">reference of the API</a>.</p>`,
  );
}

function credentialsSection({ clientId, clientSecret, publicUrl, apiIndicator }: ShownCredentials): Html {
  return html`<h2>API credentials</h2>
      <p class="notice">Copy the secret now: it is not shown again.</p>
      <dl>
        <dt>Client id</dt>
        <dd><code>${clientId}</code></dd>
        <dt>Client secret</dt>
        <dd><code>${clientSecret}</code></dd>
      </dl>
      <p>Get an access token:</p>
      <pre><code>curl '${publicUrl}/oidc/token' \\
  -u '${clientId}:${clientSecret}' \\
  -d grant_type=client_credentials -d scope=all \\
  --data-urlencode 'resource=${apiIndicator}'</code></pre>
      <p>Call the Management API with it:</p>
      <pre><code>curl '${publicUrl}/api/connector-factories' \\
  -H 'Authorization: Bearer ACCESS_TOKEN'</code></pre>`;
}

type FieldOptions = {
  value?: string;
  hint?: string;
  autocomplete: string;
  problem: SetUpForm['problem'];
  /** Has the focus when nothing is wrong. */
  isFirst?: boolean;
};

function field(name: SetUpField, label: string, type: string, options: FieldOptions): Html {
  const { value, hint, autocomplete, problem, isFirst = false } = options;
  const message = problem?.field === name ? problem.message : undefined;
  const describedBy = [hint && `${name}-hint`, message && `${name}-problem`].filter(Boolean).join(' ');
  const hasFocus = problem ? message !== undefined : isFirst;
  return html`<div class="field">
          <label for="${name}">${label}</label>
          ${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`}
          ${message && html`<p class="problem" id="${name}-problem">${message}</p>`}
          <input id="${name}" name="${name}" type="${type}" required maxlength="256" autocomplete="${autocomplete}" autocapitalize="none" spellcheck="false"${value && html` value="${value}"`}${describedBy && html` aria-describedby="${describedBy}"`}${message && html` aria-invalid="true"`}${hasFocus ? html` autofocus` : undefined}>
        </div>`;
}

function page(title: string, content: Html): string {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="robots" content="noindex">
    <title>${title}</title>
    <link rel="stylesheet" href="${stylesheetPath}">
  </head>
  <body>
    <main>
      ${content}
    </main>
  </body>
</html>
`.markup;
}
