import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { errorCatalogue } from '../errors.ts';
import { isUnavailable } from '../store/unavailable.ts';
import type { OidcProvider } from './provider.ts';

const prefix = '/oidc';
/** Seconds after which it makes sense to try again when the database is away. */
const unavailableRetryAfter = 5;

/** Serves `/oidc/*`; bodies go to oidc-provider unread. */
export function mountOidc(app: FastifyInstance, oidc: OidcProvider): void {
  const { protocol, host, pathname } = new URL(oidc.issuer);
  let mounted: { provider: Provider; answer: ReturnType<Provider['callback']> } | undefined;

  /** Of the error no more than this: requests with their secrets may hang on it. */
  const log = ({ name, message, stack }: Error) =>
    app.log.error({ err: { type: name, message, stack } }, 'an OpenID Connect request failed');

  function answerOf(provider: Provider): ReturnType<Provider['callback']> {
    if (mounted?.provider !== provider) {
      provider.use(notFoundAsJson);
      provider.on('server_error', (ctx, error) => {
        if (isUnavailable(error)) sayUnavailable(ctx);
        log(error);
      });
      provider.onerror = log;
      mounted = { provider, answer: provider.callback() };
    }
    return mounted.answer;
  }

  /** The request as if it came to the public address: cookies and links then fit it, whatever a client claims. */
  function toPublicRequest({ raw, ip }: FastifyRequest): IncomingMessage {
    const url = raw.url?.slice(prefix.length) || '/';
    raw.headers['x-forwarded-proto'] = protocol.slice(0, -1);
    raw.headers['x-forwarded-host'] = host;
    raw.headers['x-forwarded-for'] = ip;
    return Object.assign(raw, { url, originalUrl: pathname + url });
  }

  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _body, done) => done(null));
    scope.all(`${prefix}/*`, { schema: { hide: true } }, async (request, reply) => {
      // Whoever meets a token of a new key looks here for the key, maybe at another process than the one that made it.
      const provider = await oidc.current(request.url.startsWith(`${prefix}/jwks`) ? 'fresh' : undefined);
      const answer = answerOf(provider);
      reply.hijack();
      await answer(toPublicRequest(request), reply.raw);
    });
  });
}

function sayUnavailable(ctx: KoaContextWithOIDC): void {
  ctx.status = errorCatalogue['system.unavailable'].status;
  ctx.set('retry-after', String(unavailableRetryAfter));
}

async function notFoundAsJson(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  await next();
  if (ctx.status !== 404 || ctx.body) return;
  const { status, message, hint } = errorCatalogue['entity.not_found'];
  ctx.status = status;
  ctx.body = { code: 'entity.not_found', message: `${message} ${hint}` };
}
