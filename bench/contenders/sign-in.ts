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

/** A request in the name of somebody, whose answer is handed back. */
type Asking = Generator<{ text: string }, string, string>;

/** Somebody with a browser of their own, from a network of their own, on the way to an application. */
function newVisitor({ id, publicUrl }: Application) {
  const jar = new Map<string, string>();
  const address = nextAddress();
  const verifier = randomBytes(32).toString('base64url');

  function* ask(method: string, path: string, body?: object | string): Asking {
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

  return {
    ask,
    call,
    verifier,

    /** Comes from the application, and asks for a code. @returns what the code is then answered with */
    *askForCode(interactionEvent: 'SignIn' | 'Register', phone: string) {
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
      yield* call('PUT', '', { interactionEvent });
      const identifier = { type: 'phone', value: phone };
      const sent = yield* call('POST', '/verification/verification-code', { interactionEvent, identifier });
      const { verificationId } = JSON.parse(bodyOf(sent)) as { verificationId: string };
      return { identifier, verificationId };
    },
  };
}

/** Asks for a code for a new number. @returns the answer to it, to be given later */
export function* signUpUntilCode(
  application: Application,
  phone: string,
): Generator<{ text: string }, (code: string) => Conversation, string> {
  const visitor = newVisitor(application);
  const asked = yield* visitor.askForCode('Register', phone);
  return function* answer(code) {
    yield* visitor.call('POST', '/verification/verification-code/verify', { ...asked, code });
  };
}

/** A sign-in by code from end to end: authorization, send, check, identification, code and tokens. */
export function* signInByCode(ground: Ground, inbox: string, application: Application, phone: string): Conversation {
  const { id, publicUrl } = application;
  const { ask, call, askForCode, verifier } = newVisitor(application);
  const asked = yield* askForCode('SignIn', phone);
  const code = JSON.parse(bodyOf(yield codeRequest(ground, inbox, phone)));
  yield* call('POST', '/verification/verification-code/verify', { ...asked, code });
  yield* call('POST', '/identification', { verificationId: asked.verificationId });
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
