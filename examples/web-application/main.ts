import express, { type Request, type Response } from 'express';
import session from 'express-session';
import * as client from 'openid-client';
import { findCredentials } from './credentials.ts';
import { signedInPage, startPage } from './pages.ts';

const port = Number(process.env.PORT ?? 3000);
const baseUrl = `http://localhost:${port}`;
const sesameUrl = (process.env.SESAME_URL ?? 'http://localhost:3001').replace(/\/$/, '');
const redirectUri = `${baseUrl}/callback`;

/** What this application keeps of a person who signs in or is signed in. */
declare module 'express-session' {
  interface SessionData {
    /** Of the sign-in under way. */
    pending: { state: string; codeVerifier: string };
    claims: client.IDToken;
    idToken: string;
    refreshToken: string;
  }
}

const status = await fetch(`${sesameUrl}/api/status`).catch(() => undefined);
if (!status?.ok) {
  process.stderr.write(`Sesame does not answer at ${sesameUrl}. Start it, or say in SESAME_URL where it is.\n`);
  process.exit(1);
}
const { clientId, clientSecret } = await findCredentials(sesameUrl, { redirectUri, postLogoutRedirectUri: baseUrl });
const sesame = await client.discovery(new URL(`${sesameUrl}/oidc`), clientId, clientSecret, undefined, {
  // openid-client wants https, which a Sesame on this machine does not have.
  execute: sesameUrl.startsWith('http:') ? [client.allowInsecureRequests] : [],
});

const app = express();
app.use(
  session({
    // Cookies know no ports, and Sesame is on localhost too.
    name: 'example',
    secret: clientSecret,
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax' },
  }),
);

app.get('/', ({ session: { claims } }, response) => {
  response.send(claims ? signedInPage(claims, `${sesameUrl}/account`) : startPage());
});

app.get('/sign-in', (request, response) => startSignIn(request, response, 'consent'));
app.get('/sign-up', (request, response) => startSignIn(request, response, 'consent create'));

async function startSignIn(request: Request, response: Response, prompt: string): Promise<void> {
  const pending = { state: client.randomState(), codeVerifier: client.randomPKCECodeVerifier() };
  request.session.pending = pending;
  const url = client.buildAuthorizationUrl(sesame, {
    redirect_uri: redirectUri,
    scope: 'openid profile phone offline_access',
    // Nobody is asked for anything: this is how an application says that it wants a refresh token.
    prompt,
    state: pending.state,
    code_challenge: await client.calculatePKCECodeChallenge(pending.codeVerifier),
    code_challenge_method: 'S256',
  });
  response.redirect(url.href);
}

app.get('/callback', async (request, response) => {
  const { pending } = request.session;
  if (!pending) return response.redirect('/');
  const tokens = await client.authorizationCodeGrant(sesame, new URL(request.originalUrl, baseUrl), {
    expectedState: pending.state,
    pkceCodeVerifier: pending.codeVerifier,
    idTokenExpected: true,
  });
  // A new session: one that somebody planted before the sign-in is worth nothing after it.
  await new Promise<void>((resolve, reject) => {
    request.session.regenerate((error) => (error ? reject(error) : resolve()));
  });
  keep(request, tokens);
  response.redirect('/');
});

/** Asks for new tokens; their claims are as the person is now. */
app.post('/refresh', async (request, response) => {
  const { refreshToken } = request.session;
  if (refreshToken) {
    try {
      keep(request, await client.refreshTokenGrant(sesame, refreshToken));
    } catch (error) {
      if (!(error instanceof client.ResponseBodyError)) throw error;
      // The person signed out elsewhere, or was suspended.
      await forget(request);
    }
  }
  response.redirect('/');
});

app.post('/sign-out', async (request, response) => {
  const { idToken = '', refreshToken } = request.session;
  if (refreshToken) await client.tokenRevocation(sesame, refreshToken);
  await forget(request);
  const parameters = { id_token_hint: idToken, post_logout_redirect_uri: baseUrl };
  response.redirect(client.buildEndSessionUrl(sesame, parameters).href);
});

type Tokens = client.TokenEndpointResponse & client.TokenEndpointResponseHelpers;

function keep({ session }: Request, tokens: Tokens): void {
  const claims = tokens.claims();
  if (claims) session.claims = claims;
  if (tokens.id_token) session.idToken = tokens.id_token;
  // Each refresh token works once, and the answer has the next one.
  if (tokens.refresh_token) session.refreshToken = tokens.refresh_token;
}

const forget = ({ session }: Request) =>
  new Promise<void>((resolve, reject) => {
    session.destroy((error) => (error ? reject(error) : resolve()));
  });

app.listen(port, 'localhost', () => {
  process.stdout.write(`The example is at ${baseUrl}; it signs in at ${sesameUrl}.\n`);
});
