import { literal, type SignInValues } from './sign-in-values.ts';

function configuration({ issuer, clientId, redirectUri }: SignInValues, secret: string): string {
  // openid-client refuses http, which is for trying things out.
  const withHttp = issuer.startsWith('http:') ? ', undefined, { execute: [client.allowInsecureRequests] }' : '';
  return `const config = await client.discovery(new URL(${literal(issuer)}), ${literal(clientId)}, ${secret}${withHttp});
const redirect_uri = ${literal(redirectUri)};`;
}

const authorizationUrl = (indent: string) =>
  `const to = client.buildAuthorizationUrl(config, {
  redirect_uri,
  scope: 'openid profile phone',
  state: checks.expectedState,
  code_challenge: await client.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
  code_challenge_method: 'S256',
});`.replaceAll(/^/gm, indent);

/** A server for Node that signs in with openid-client 6 and shows who it is. Who is signing in is kept in memory. */
export const webServerSnippet = (values: SignInValues): string => `// npm install openid-client
// CLIENT_SECRET='…' node server.mjs
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import * as client from 'openid-client';

${configuration(values, 'process.env.CLIENT_SECRET')}
const begun = new Map();

const server = createServer(async (request, response) => {
  const url = new URL(request.url, redirect_uri);
  try {
    if (url.pathname === new URL(redirect_uri).pathname) {
      const browser = /(?:^|; )sign_in=([\\w-]+)/.exec(request.headers.cookie ?? '')?.[1];
      const checks = begun.get(browser);
      begun.delete(browser);
      if (!checks) throw new Error('This sign-in did not begin here, or is over.');
      const tokens = await client.authorizationCodeGrant(config, url, checks);
      response.end(JSON.stringify(tokens.claims(), null, 2));
    } else if (url.pathname === '/') {
      const browser = randomUUID();
      const checks = { pkceCodeVerifier: client.randomPKCECodeVerifier(), expectedState: client.randomState() };
      begun.set(browser, checks);
${authorizationUrl('      ')}
      response.writeHead(302, { location: to.href, 'set-cookie': \`sign_in=\${browser}; HttpOnly; SameSite=Lax; Path=/\` });
      response.end();
    } else {
      response.writeHead(404).end();
    }
  } catch (error) {
    response.writeHead(400).end(String(error));
  }
});
server.listen(process.env.PORT ?? (new URL(redirect_uri).port || 8080), () => {
  console.log(\`Open \${new URL('/', redirect_uri)}\`);
});
`;

/** A program for Node that signs in with openid-client 6 over a port of this computer (RFC 8252, section 7.3). */
export const programSnippet = (values: SignInValues): string => `// npm install openid-client
// node sign-in.mjs
import { createServer } from 'node:http';
import * as client from 'openid-client';

${configuration(values, 'undefined')}
const checks = { pkceCodeVerifier: client.randomPKCECodeVerifier(), expectedState: client.randomState() };

const server = createServer(async (request, response) => {
  const url = new URL(request.url, redirect_uri);
  if (url.pathname !== new URL(redirect_uri).pathname) return response.writeHead(404).end();
  try {
    const tokens = await client.authorizationCodeGrant(config, url, checks);
    console.log(tokens.claims());
    response.end('Signed in. You can close this window.');
  } catch (error) {
    response.writeHead(400).end(String(error));
  }
  server.close();
});
server.listen(new URL(redirect_uri).port || 80, 'localhost', async () => {
${authorizationUrl('  ')}
  console.log(\`Open \${to.href}\`);
});
`;
