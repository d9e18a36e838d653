import { literal } from '../../applications/snippets/sign-in-values.ts';

/** A server for Node that lets requests through that carry an access token (RFC 9068) for it, with one scope, by jose. */
export const apiSnippet = ({ issuer, audience, scope }: { issuer: string; audience: string; scope: string }): string =>
  `// npm install jose
// node api.mjs
import { createServer } from 'node:http';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';

const issuer = ${literal(issuer)};
const audience = ${literal(audience)};
const scope = ${literal(scope)};
const keys = createRemoteJWKSet(new URL(\`\${issuer}/jwks\`));

const server = createServer(async (request, response) => {
  try {
    const [, token = ''] = /^Bearer (\\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const { payload } = await jwtVerify(token, keys, { issuer, audience, typ: 'at+jwt', algorithms: ['ES256'] });
    if (!payload.scope?.split(' ').includes(scope)) {
      response.writeHead(403, { 'www-authenticate': \`Bearer error="insufficient_scope", scope="\${scope}"\` }).end();
      return;
    }
    // payload.sub is the user, or the application where it calls on its own behalf: look whose data it may see.
    response.end(\`Hello \${payload.sub}\`);
  } catch (error) {
    if (error instanceof errors.JOSEError) response.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
    else response.writeHead(503).end();
  }
});
server.listen(process.env.PORT ?? 8080, () => console.log(\`Listening on port \${server.address().port}\`));
`;
