import type { PageContext } from '@sesame/pages';
import type { FastifyReply } from 'fastify';
import type { Sources } from '../../../protection/human-check/provider.ts';

/** A page that is ready. */
export type ReadyPage = {
  context: PageContext;
  /** The document. */
  page: string;
  /** Where forms may lead beside this server, as sources of `form-action`. */
  redirectOrigins?: readonly string[];
  /** What the page loads from elsewhere. */
  sources?: Sources;
};

/** Sends a page, under a policy that lets it do no more than it has to. */
export function sendPage(
  reply: FastifyReply,
  { context, page, redirectOrigins = [], sources }: ReadyPage,
): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .headers({
      'cache-control': 'no-store',
      'content-language': context.language,
      'content-security-policy': contentSecurityPolicy(context, { redirectOrigins, ...sources }),
      // Without a referrer, browsers do not say where a form comes from.
      'referrer-policy': 'same-origin',
      vary: 'accept-language',
    })
    .send(page);
}

type Allowed = Partial<Sources> & { redirectOrigins: readonly string[] };

/** Browsers hold `form-action` against every redirect that follows the sending of a form. */
function contentSecurityPolicy(
  { nonce, brand }: PageContext,
  { redirectOrigins, script = [], style = [], frame = [], connect = [] }: Allowed,
): string {
  const pictures = [brand.logoUrl, brand.darkLogoUrl, brand.favicon, brand.darkFavicon].flatMap(
    (url) => originOf(url) ?? [],
  );
  return [
    "default-src 'none'",
    ["script-src 'self'", ...script].join(' '),
    [`style-src 'self' 'nonce-${nonce}'`, ...style].join(' '),
    ["img-src 'self' data:", ...new Set(pictures)].join(' '),
    ...(frame.length > 0 ? [['frame-src', ...frame].join(' ')] : []),
    ...(connect.length > 0 ? [['connect-src', ...connect].join(' ')] : []),
    ["form-action 'self'", ...redirectOrigins].join(' '),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function originOf(url: string | null | undefined): string | undefined {
  const parsed = URL.parse(url ?? '');
  return parsed?.protocol.startsWith('http') ? parsed.origin : undefined;
}
