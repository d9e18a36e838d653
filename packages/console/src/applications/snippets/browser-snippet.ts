import { literal, type SignInValues } from './sign-in-values.ts';

/**
 * A page that signs in and shows who it is, for browsers as they are: authorization code with PKCE (RFC 7636) and
 * `state` (RFC 6749, section 10.12). It is the page at the redirect URI too.
 */
export const browserSnippet = ({ issuer, clientId, redirectUri }: SignInValues): string => `<!doctype html>
<meta charset="utf-8">
<title>Sign in</title>
<button id="sign-in" disabled>Sign in</button>
<pre id="claims"></pre>
<script type="module">
  const issuer = ${literal(issuer)};
  const client_id = ${literal(clientId)};
  const redirect_uri = ${literal(redirectUri)};

  const server = await (await fetch(\`\${issuer}/.well-known/openid-configuration\`)).json();
  const encode = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const random = () => encode(crypto.getRandomValues(new Uint8Array(32)));

  document.querySelector('#sign-in').onclick = async () => {
    const verifier = random();
    const state = random();
    sessionStorage.setItem('sign-in', JSON.stringify({ verifier, state }));
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
    location.href = \`\${server.authorization_endpoint}?\${new URLSearchParams({
      client_id, redirect_uri, state, response_type: 'code', scope: 'openid profile phone',
      code_challenge: encode(digest), code_challenge_method: 'S256',
    })}\`;
  };

  document.querySelector('#sign-in').disabled = false;

  const answer = new URLSearchParams(location.search);
  const begun = JSON.parse(sessionStorage.getItem('sign-in') ?? 'null');
  if (begun && answer.get('state') === begun.state) {
    sessionStorage.removeItem('sign-in');
    history.replaceState(null, '', redirect_uri);
    const claims = document.querySelector('#claims');
    if (answer.has('code')) {
      const reply = await fetch(server.token_endpoint, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'authorization_code', client_id, redirect_uri,
          code: answer.get('code'), code_verifier: begun.verifier,
        }),
      });
      const { access_token } = await reply.json();
      const who = await fetch(server.userinfo_endpoint, { headers: { authorization: \`Bearer \${access_token}\` } });
      claims.textContent = JSON.stringify(await who.json(), null, 2);
    } else {
      claims.textContent = answer.get('error_description') ?? answer.get('error');
    }
  }
</script>
`;
