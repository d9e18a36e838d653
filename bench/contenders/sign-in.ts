import { createHash, randomBytes } from 'node:crypto';
import type { Conversation } from '../load.ts';
import { bodyOf, cookiesOf, locationOf, toRequest } from '../wire.ts';
import { codeRequest, type Ground } from './contender.ts';

export const redirectUri = 'https://app.example.com/callback';

/** The application that people sign in to: public, with PKCE. */
export type Application = { id: string; publicUrl: string };

let signIns = 0;

/** Each sign-in comes from a network of its own, as a proxy says, so that no limit of a network is ever full. */
function nextAddress(): string {
  const index = signIns++;
  return [20 + (index % 100), Math.floor(index / 100) % 250, Math.floor(index / 25_000) % 250, 7].join('.');
}

/** A sign-in by code from end to end: authorization, send, check, identification, code and tokens. */
export function* signInByCode(
  ground: Ground,
  inbox: string,
  { id, publicUrl }: Application,
  phone: string,
): Conversation {
  const jar = new Map<string, string>();
  const address = nextAddress();
  const verifier = randomBytes(32).toString('base64url');

  function* ask(method: string, path: string, body?: object | string): Generator<{ text: string }, string, string> {
    const cookie = [...jar.values()].join('; ');
    const headers = {
      host: new URL(publicUrl).host,
      'x-forwarded-for': address,
      'accept-language': 'en',
      ...(cookie && { cookie }),
    };
    const response = yield { text: toRequest(method, path, headers, body) };
    for (const pair of cookiesOf(response)) jar.set(pair.slice(0, pair.indexOf('=')), pair);
    return response;
  }
  const call = (method: string, path: string, body?: object) => ask(method, `/api/experience${path}`, body);

  yield* ask(
    'GET',
    `/oidc/auth?${new URLSearchParams({
      client_id: id,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid phone',
      state: address,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    })}`,
  );
  yield* call('PUT', '', { interactionEvent: 'SignIn' });
  const identifier = { type: 'phone', value: phone };
  const sent = yield* call('POST', '/verification/verification-code', { interactionEvent: 'SignIn', identifier });
  const { verificationId } = JSON.parse(bodyOf(sent));
  const code = JSON.parse(bodyOf(yield codeRequest(ground, inbox, phone)));
  yield* call('POST', '/verification/verification-code/verify', { identifier, verificationId, code });
  yield* call('POST', '/identification', { verificationId });
  const { redirectTo } = JSON.parse(bodyOf(yield* call('POST', '/submit')));
  const callback = new URL(locationOf(yield* ask('GET', redirectTo.slice(publicUrl.length))));
  const tokens = yield* ask(
    'POST',
    '/oidc/token',
    String(
      new URLSearchParams({
        client_id: id,
        grant_type: 'authorization_code',
        code: callback.searchParams.get('code') ?? '',
        redirect_uri: redirectUri,
        code_verifier: verifier,
      }),
    ),
  );
  if (!JSON.parse(bodyOf(tokens)).id_token) throw new Error(`A sign-in ended without an ID token:\n${tokens}`);
}
