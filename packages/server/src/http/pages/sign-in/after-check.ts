import type { FastifyRequest } from 'fastify';
import type { FlowEvent } from '../../../store/tables/sign-ins.ts';
import type { AfterCheck } from '../parts/asked-check.ts';
import type { ReadText } from '../parts/form.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import { type FlowVisit, namedCode } from './flow-visit.ts';
import { goOn } from './go-on.ts';
import { checkTakesCode, pathOf, startOf } from './pages-of-events.ts';
import { againTo, sendAgain } from './send-again.ts';
import { sendFirst, sendFirstElsewhere } from './send-first.ts';
import { recallTyped } from './typed.ts';
import type { Typed } from './typed-values.ts';

const isEvent = (text: string): text is FlowEvent => Object.hasOwn(pathOf, text);

/** What goes on after a check, as a URL or a form says it. Whatever else is there finishes the sign-in. */
export function readAfter(text: ReadText): AfterCheck & { event?: string } {
  const [next, event, verification] = [text('next'), text('event'), text('verification')];
  if (isEvent(event) && next === 'send') return { next, event };
  if (isEvent(event) && (next === 'resend' || next === 'instead')) return { next, event, verification };
  return { next: 'go-on', ...(verification !== '' && { verification }) };
}

/** Does what the check was asked for. @returns where the browser goes next */
export async function goOnAfter(
  request: FastifyRequest,
  visit: FlowVisit,
  deps: PageDeps,
  after: AfterCheck,
): Promise<string> {
  if (after.next === 'go-on') return goOn(visit, deps, after.verification);
  const event = after.event as FlowEvent;
  if (after.next === 'send') {
    checkTakesCode(event, visit.policy);
    const typed = recallTyped(request, visit, deps);
    return sendFirst(visit, deps, { event, typed, text: (name) => typed[name as keyof Typed] ?? '' });
  }
  if (after.next === 'instead' && after.verification === '') return sendFirstElsewhere(request, visit, deps, event);
  const start = startOf(event);
  const code = namedCode(visit);
  const to = code && (await againTo(request, visit, deps, { event, code, isElsewhere: after.next === 'instead' }));
  if (!to) return visit.url(start.path, start.parameters);
  return visit.url(`${start.path}/code`, { verification: await sendAgain(visit, deps, { event, ...to }) });
}
