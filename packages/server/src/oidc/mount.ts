import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { ApiError } from '../errors.ts';
import { parseLocales } from '../locale.ts';
import { databaseAway, isUnavailable } from '../store/unavailable.ts';
import { keepAsSent } from './basic-credentials.ts';
import { readFlowKey } from './flow-cookie.ts';
import { letGo, noteContext } from './let-go.ts';
import type { OidcProvider } from './provider.ts';
import { createRefusals } from './refusals.ts';
import { tooLong, urlTooLarge } from './request-limits.ts';
import { withResourcesApart } from './resource-indicators.ts';
import {
  contentSecurityPolicy,
  guardPages,
  nameErrors,
  newNonce,
  sayUnavailable,
  unavailableRetryAfter,
} from './responses.ts';
import { allowResume, doWithoutResumeCookie, handIn, resumedId, type SignedIn } from './resume.ts';
import { keepLaterSession } from './session-adapter.ts';
import type { UserSessions } from './sessions.ts';
import { readUiLocales } from './ui-locales.ts';
import { type OidcViews, plainViews } from './views.ts';

const prefix = '/oidc';

const notTheirs = {
  error: 'session_not_found',
  description: 'this sign-in has ended, or belongs to another browser',
};
/** The parameters of a sign-out are kept, too, while the person is asked. */
const tooLongToSignOut = ({ url, query }: FastifyRequest) =>
  url.includes('/session/end') ? tooLong(query as Record<string, unknown>) : undefined;
const serverError = { error: 'server_error', description: 'something went wrong on the server' };

/** What the endpoints ask of the rest of the server. */
export type MountOidcDeps = {
  sessions: UserSessions;
  /** Who signs in when the browser with this key goes on with the sign-in of this id, if anybody. */
  resume: (flow: { id: string; key: string | undefined }) => Promise<SignedIn | undefined>;
  /** Is told who got in with the session that the browser had already. */
  signedInAlready?: ((request: IncomingMessage, signIn: { userId: string; applicationId: string }) => void) | undefined;
  /** What the pages look like. */
  views?: OidcViews | undefined;
};

/** Serves `/oidc/*`; bodies go to oidc-provider unread. */
export function mountOidc(app: FastifyInstance, oidc: OidcProvider, deps: MountOidcDeps): void {
  const { sessions, resume, signedInAlready, views = plainViews } = deps;
  const { protocol, host, pathname, origin: publicUrl } = new URL(oidc.issuer);
  let mounted: { provider: Provider; answer: ReturnType<Provider['callback']> } | undefined;

  /** Of the error no more than this: requests with their secrets may hang on it. */
  function log(error: Error): void {
    const { name, message, stack } = error;
    const what = isUnavailable(error) ? databaseAway : 'an OpenID Connect request failed';
    app.log.error({ err: { type: name, message, stack } }, what);
  }

  function answerOf(provider: Provider): ReturnType<Provider['callback']> {
    if (mounted?.provider !== provider) {
      provider.use(noteContext);
      provider.use(doWithoutResumeCookie(provider));
      provider.use(keepLaterSession(provider));
      provider.use(readUiLocales);
      provider.use(guardPages);
      provider.use(nameErrors);
      provider.use(createRefusals(views).afterAnswer);
      provider.use(oidc.writeTokens);
      provider.use(oidc.writeWaiting);
      provider.on('server_error', (ctx, error) => {
        if (isUnavailable(error)) sayUnavailable(ctx);
        log(error);
      });
      provider.on('authorization.success', (ctx) => {
        const { result, session, client, params } = ctx.oidc;
        // What a page renews in the background is no sign-in.
        if (result || !session?.accountId || !client || params?.prompt === 'none') return;
        signedInAlready?.(ctx.req, { userId: session.accountId, applicationId: client.clientId });
      });
      // Koa also reports connections that their clients break off.
      provider.onerror = (error: Error, ctx?: KoaContextWithOIDC) => {
        if (![ctx?.req.socket.errored, ctx?.req.errored, ctx?.res.errored].includes(error)) log(error);
      };
      mounted = { provider, answer: provider.callback() };
    }
    return mounted.answer;
  }

  /** The request as if it came to the public address: cookies and links then fit it, whatever a client claims. */
  function toPublicRequest({ raw, ip }: FastifyRequest): IncomingMessage {
    const url = withResourcesApart(raw.url?.slice(prefix.length) || '/');
    raw.headers['x-forwarded-proto'] = protocol.slice(0, -1);
    raw.headers['x-forwarded-host'] = host;
    raw.headers['x-forwarded-for'] = ip;
    if (raw.headers.authorization) raw.headers.authorization = keepAsSent(raw.headers.authorization);
    return Object.assign(raw, { url, originalUrl: pathname + url });
  }

  /** Answers a browser that oidc-provider is not asked about. */
  async function sayFailed(reply: FastifyReply, status: number, failure: { error: string; description: string }) {
    const nonce = newNonce();
    const { headers, query } = reply.request;
    const uiLocales = parseLocales((query as Record<string, unknown>).ui_locales);
    const page = await views.failed({ nonce, uiLocales, acceptLanguage: headers['accept-language'] ?? '', ...failure });
    return reply
      .code(status)
      .headers({ 'cache-control': 'no-store', 'content-security-policy': contentSecurityPolicy(nonce) })
      .type('text/html; charset=utf-8')
      .send(page);
  }

  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _body, done) => done(null));
    scope.setErrorHandler<Error>(async (error, request, reply) => {
      if (error instanceof ApiError) {
        return sayFailed(reply, error.status, { error: 'invalid_request', description: 'the URL holds U+0000' });
      }
      if (!request.headers.accept?.includes('text/html')) throw error;
      log(error);
      if (isUnavailable(error)) reply.header('retry-after', unavailableRetryAfter);
      return sayFailed(reply, isUnavailable(error) ? 503 : 500, serverError);
    });
    scope.all(`${prefix}/*`, { schema: { hide: true } }, async (request, reply) => {
      const description = urlTooLarge(request.url, withResourcesApart) ?? tooLongToSignOut(request);
      if (description !== undefined) return sayFailed(reply, 400, { error: 'invalid_request', description });
      // Whoever meets a token of a new key looks here for the key, maybe at another process than the one that made it.
      const provider = await oidc.current(request.url.startsWith(`${prefix}/jwks`) ? 'fresh' : undefined);
      const resumed = resumedId(request.url.slice(prefix.length));
      if (resumed !== undefined) {
        const key = readFlowKey(request.headers.cookie, { id: resumed, publicUrl });
        const signedIn = key === undefined ? undefined : await resume({ id: resumed, key });
        if (!signedIn) return sayFailed(reply, 400, notTheirs);
        const interaction = await handIn(provider, sessions, request, { id: resumed, ...signedIn });
        allowResume(request.raw, { id: resumed, interaction, ...signedIn });
      }
      const answer = answerOf(provider);
      // The provider writes the reply itself, and knows nothing of what Fastify was to add.
      for (const [name, value = ''] of Object.entries(reply.getHeaders())) reply.raw.setHeader(name, value);
      reply.hijack();
      await answer(toPublicRequest(request), reply.raw);
      letGo(request.raw, reply.raw);
    });
  });
}
