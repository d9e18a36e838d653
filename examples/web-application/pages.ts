/** The page for somebody who is not signed in. */
export const startPage = (): string =>
  page('Welcome', '<p><a href="/sign-in">Sign in</a> or <a href="/sign-up">sign up</a> with your phone.</p>');

/** What is known of somebody who is signed in. */
export function signedInPage(claims: Record<string, unknown>, accountUrl: string): string {
  const rows = Object.entries(claims).map(
    ([name, value]) => `<tr><th>${escapeHtml(name)}</th><td>${escapeHtml(String(value))}</td></tr>`,
  );
  const phone = claims.phone_number === undefined ? 'Link a phone number' : 'Change my phone number';
  return page(
    `Hello ${escapeHtml(String(claims.name ?? claims.username ?? claims.phone_number ?? ''))}`,
    `<table>${rows.join('')}</table>
<p><a href="${escapeHtml(accountUrl)}">${phone}</a>, and come back to</p>
<form method="post" action="/refresh"><button>see what changed</button></form>
<form method="post" action="/sign-out"><button>Sign out</button></form>`,
  );
}

const page = (title: string, body: string) => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Example</title></head>
<body><h1>${title}</h1>${body}</body>
</html>`;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
