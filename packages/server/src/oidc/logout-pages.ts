import type { KoaContextWithOIDC } from 'oidc-provider';

/** Asks whether to sign out. `form` holds the protection against forged requests. */
export async function logoutPage(ctx: KoaContextWithOIDC, form: string): Promise<void> {
  ctx.body = page(`<h1>Sign out?</h1>${form}
<button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>
<button type="submit" form="op.logoutForm">Stay signed in</button>`);
}

/** Says that the sign-out is done, where the application named no page to go on to. */
export async function logoutDonePage(ctx: KoaContextWithOIDC): Promise<void> {
  ctx.body = page('<h1>You are signed out.</h1>');
}

const page = (body: string) => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sign out</title></head>
<body>${body}</body>
</html>`;
