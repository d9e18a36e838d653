import * as client from 'openid-client';

/** Where Sesame may send people back to: character by character. */
type Uris = { redirectUri: string; postLogoutRedirectUri: string };

const name = 'Example application';

/**
 * The id and the secret of this application: those that an administrator got in the Console, or, with the credentials
 * of the Management API, those of an application that is made here.
 */
export async function findCredentials(
  sesameUrl: string,
  uris: Uris,
): Promise<{ clientId: string; clientSecret: string }> {
  const { CLIENT_ID, CLIENT_SECRET, SESAME_MANAGEMENT_CLIENT_ID, SESAME_MANAGEMENT_CLIENT_SECRET } = process.env;
  if (CLIENT_ID && CLIENT_SECRET) return { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET };
  if (SESAME_MANAGEMENT_CLIENT_ID && SESAME_MANAGEMENT_CLIENT_SECRET) {
    return register(sesameUrl, uris, { id: SESAME_MANAGEMENT_CLIENT_ID, secret: SESAME_MANAGEMENT_CLIENT_SECRET });
  }
  process.stderr.write(`The example needs an application of Sesame. Make one in the Console, ${sesameUrl}/console:
  Applications → Create application, type Traditional,
  redirect URI ${uris.redirectUri}, redirect URI after sign-out ${uris.postLogoutRedirectUri}.
Then start with its credentials:
  CLIENT_ID=… CLIENT_SECRET=… npm run example
Or let the example make one: start it, and Sesame, with the same SESAME_MANAGEMENT_CLIENT_ID and
SESAME_MANAGEMENT_CLIENT_SECRET.
`);
  return process.exit(1);
}

/** Makes the application by the Management API, or gives the one that was made before a new secret. */
async function register(sesameUrl: string, uris: Uris, management: { id: string; secret: string }) {
  const configuration = await client.discovery(
    new URL(`${sesameUrl}/oidc`),
    management.id,
    undefined,
    client.ClientSecretBasic(management.secret),
    { execute: [client.allowInsecureRequests] },
  );
  const resource = process.env.SESAME_API_INDICATOR ?? `${sesameUrl}/api`;
  const { access_token: token } = await client.clientCredentialsGrant(configuration, { resource, scope: 'all' });

  async function call<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${sesameUrl}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  const oidcClientMetadata = {
    redirectUris: [uris.redirectUri],
    postLogoutRedirectUris: [uris.postLogoutRedirectUri],
  };
  type Application = { id: string; name: string; type: string; secret: string };
  const known = (await call<Application[]>('GET', '/applications?page_size=100')).find(
    (application) => application.name === name && application.type === 'Traditional',
  );
  if (known) await call('PATCH', `/applications/${known.id}`, { oidcClientMetadata });
  const { id, secret } = known
    ? await call<Application>('POST', `/applications/${known.id}/secrets/rotate`)
    : await call<Application>('POST', '/applications', { name, type: 'Traditional', oidcClientMetadata });
  return { clientId: id, clientSecret: secret };
}
