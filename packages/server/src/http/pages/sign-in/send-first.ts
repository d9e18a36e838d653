import type { FastifyRequest } from 'fastify';
import type { Recipient } from '../../../messaging/recipient.ts';
import type { FlowEvent } from '../../../store/tables/sign-ins.ts';
import type { ReadText } from '../parts/form.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import { isRefusal } from '../parts/problems.ts';
import { checkAgreement } from './agreement.ts';
import type { FlowVisit } from './flow-visit.ts';
import { identifiersFor, readIdentifier } from './identifier.ts';
import { pathOf, startOf } from './pages-of-events.ts';
import { elsewhere, sendAgain } from './send-again.ts';
import { recallTyped } from './typed.ts';
import type { Typed } from './typed-values.ts';

/** What says who somebody is: the fields of the form, and what is known of them. */
type Given = { event: FlowEvent; text: ReadText; typed: Typed };

/** Sends the first code to what was typed. @returns where the browser goes next */
export async function sendFirst(visit: FlowVisit, deps: PageDeps, { event, text, typed }: Given): Promise<string> {
  const { country } = visit;
  const recipient = readIdentifier(identifiersFor(event, visit), { text, country });
  if ('username' in recipient) return visit.url('/sign-in/password');
  if (event !== 'ForgotPassword') checkAgreement(event, visit.policy, typed);
  return codeUrl(visit, deps, { event, recipient, isUntyped: false });
}

/** Sends the first code elsewhere than to what was typed. @returns where the browser goes next */
export async function sendFirstElsewhere(
  request: FastifyRequest,
  visit: FlowVisit,
  deps: PageDeps,
  event: FlowEvent,
): Promise<string> {
  const to = await elsewhere(request, visit, deps, { event });
  const start = startOf(event);
  if (!to) return visit.url(start.path, start.parameters);
  if (event !== 'ForgotPassword') checkAgreement(event, visit.policy, recallTyped(request, visit, deps));
  return codeUrl(visit, deps, { event, ...to });
}

type First = { event: FlowEvent; recipient: Recipient; isUntyped: boolean };

async function codeUrl(visit: FlowVisit, deps: PageDeps, first: First): Promise<string> {
  const verification = await sendAgain(visit, deps, first).catch((error: unknown) => {
    // Whoever asks again before another message may be sent still has the code from before.
    const mayHave = isRefusal(error, 'request.message_rate_limited', 'session.captcha_required');
    const sent = mayHave && recentCode(visit, first);
    if (!sent) throw error;
    return sent;
  });
  return visit.url(`${pathOf[first.event]}/code`, { verification });
}

function recentCode({ flow, context }: FlowVisit, { event, recipient: { key } }: First): string | undefined {
  return flow.verifications.find(
    (one) =>
      one.type === 'code' &&
      one.usageType === event &&
      one.recipient.key === key &&
      one.verifiedAt === undefined &&
      one.resendAfter > context.now,
  )?.id;
}
