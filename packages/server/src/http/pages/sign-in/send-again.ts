import type { FastifyRequest } from 'fastify';
import { type KeptRecipient, type Recipient, readRecipient } from '../../../messaging/recipient.ts';
import type { FlowEvent } from '../../../store/tables/sign-ins.ts';
import { type SentCode, sending } from '../parts/code-form.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import type { FlowVisit } from './flow-visit.ts';
import { identifiersFor } from './identifier.ts';
import { type OtherRecipient, otherRecipient } from './other-recipient.ts';
import { checkTakesCode } from './pages-of-events.ts';
import { recallTyped } from './typed.ts';

/** Where another code is to go: to the same, or to what else the person has. */
export async function againTo(
  request: FastifyRequest,
  visit: FlowVisit,
  deps: PageDeps,
  { event, code, isElsewhere }: { event: FlowEvent; code: SentCode; isElsewhere: boolean },
): Promise<OtherRecipient | undefined> {
  if (isElsewhere) return elsewhere(request, visit, deps, { event, from: code.recipient });
  const recipient = readRecipient(code.recipient.address);
  // Whoever asks again has still not typed it.
  return recipient && { recipient, isUntyped: code.isUntyped && code.verifiedAt === undefined };
}

/** Where else a code can go. @param from where it went; left out, what was typed, which none could be sent to */
export async function elsewhere(
  request: FastifyRequest,
  visit: FlowVisit,
  deps: PageDeps,
  { event, from }: { event: FlowEvent; from?: KeptRecipient },
): Promise<OtherRecipient | undefined> {
  const [takes, typed] = [identifiersFor(event, visit), recallTyped(request, visit, deps)];
  const recipient = from ?? readRecipient(typed.identifier ?? '', visit.country);
  return recipient && otherRecipient(visit, deps, { recipient, takes, typed });
}

/** Sends a code. @returns the id of its verification */
export async function sendAgain(
  visit: FlowVisit,
  { signInFlows }: PageDeps,
  { event, recipient, isUntyped }: { event: FlowEvent; recipient: Recipient; isUntyped: boolean },
): Promise<string> {
  const { access, client, wording, policy } = visit;
  checkTakesCode(event, policy);
  await signInFlows.takeUp(access, event);
  const sent = signInFlows.sendCode(access, { event, recipient, client, wording, isUntyped });
  return (await sending(recipient, sent)).id;
}
