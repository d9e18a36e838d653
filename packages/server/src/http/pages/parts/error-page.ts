import { type MessagePage, messagePage } from '@sesame/pages';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { ApiError, ErrorCode } from '../../../errors.ts';
import { parseLocales } from '../../../locale.ts';
import { toApiError } from '../../errors.ts';
import { reader } from './form.ts';
import type { PageDeps } from './page-deps.ts';
import { sendPage } from './send-page.ts';
import { pageContext, readLook } from './visit.ts';

const messages: Partial<Record<ErrorCode, MessagePage['message']>> = {
  'auth.unauthorized': 'not-signed-in',
  'auth.forbidden': 'form-expired',
  'verification_record.permission_denied': 'flow-over',
  'entity.not_found': 'not-found',
  'session.not_found': 'flow-over',
  'session.invalid_interaction_type': 'flow-over',
  'session.verification_failed': 'flow-over',
  'session.verification_session_not_found': 'flow-over',
  'session.identifier_not_found': 'flow-over',
  'user.sign_in_method_not_enabled': 'closed',
  'account_center.not_enabled': 'closed',
  'account_center.field_not_editable': 'closed',
  'user.suspended': 'suspended',
  'user.user_not_exist': 'flow-over',
  'request.message_rate_limited': 'too-many-requests',
  'request.sending_paused': 'too-many-requests',
  'request.sign_in_rate_limited': 'too-many-requests',
  'system.unavailable': 'unavailable',
};

/**
 * Leads a browser on whose sign-in is not known here, where the operator has a place for it; says else what went wrong. A
 * form stays: browsers let none lead elsewhere.
 */
export async function sendRefusal(
  deps: PageDeps,
  error: FastifyError | ApiError,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  // Once: what is nobody's mistake is logged with it.
  const refusal = toApiError(error as FastifyError, request);
  const isUnknown = request.method === 'GET' && refusal.code === 'session.not_found';
  const url = isUnknown ? (await readLook(deps)).policy.unknownSessionRedirectUrl : null;
  return url === null ? sendErrorPage(deps, refusal, request, reply) : reply.redirect(url, 303);
}

/** Says what went wrong in words that a person understands. */
export async function sendErrorPage(
  deps: PageDeps,
  error: FastifyError | ApiError,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { code, status, data } = toApiError(error as FastifyError, request);
  const waitSeconds = data?.retryAfterSeconds;
  if (waitSeconds !== undefined) reply.header('retry-after', waitSeconds);
  const context = pageContext(await readLook(deps), {
    platform: deps.platform,
    uiLocales: parseLocales(reader(request.query)('ui_locales')),
    acceptLanguage: request.headers['accept-language'],
  });
  const message = messages[code] ?? 'failed';
  const link = message === 'flow-over' ? await wayOn(deps, request) : wayBack(code, request);
  const page = messagePage(context, { message, waitSeconds, link });
  return sendPage(reply.code(status), { context, page });
}

/**
 * Where the form of a tab leads whose sign-in is over: to the operator's place for that, or to the account of whoever has
 * signed in meanwhile, for example in another tab.
 */
async function wayOn(deps: PageDeps, request: FastifyRequest): Promise<MessagePage['link']> {
  const { policy } = await readLook(deps);
  if (policy.unknownSessionRedirectUrl !== null) return { href: policy.unknownSessionRedirectUrl, text: 'continue' };
  // Without a database there is this page all the same.
  const session = await deps.interactions.findSession(request).catch(() => undefined);
  return session && { href: '/account', text: 'account' };
}

/** The page that the form was on, where sending it once more can help. */
function wayBack(code: ApiError['code'], { url, method }: FastifyRequest): MessagePage['link'] {
  if (code === 'auth.unauthorized') return { href: '/account', text: 'sign-in' };
  const isWorthIt = method === 'POST' || code === 'system.unavailable' || code === 'system.internal';
  const isOver = messages[code] === 'not-found' || messages[code] === 'suspended';
  // A second slash would make it the address of another server.
  return isWorthIt && !isOver && /^\/[\w-]/.test(url) ? { href: pageOfForm(url), text: 'try-again' } : undefined;
}

/** Some forms have no page under their own URL. */
const pageOfForm = (url: string): string =>
  url.replace(/^\/account\/(sign-out|sessions\/[\w-]+)/, '/account').replace(/\/(resend|send|instead)(?=\?|$)/, '');
