import { readCode } from '@sesame/connector-kit';
import type { CodePage, Form } from '@sesame/pages';
import type { FastifyReply } from 'fastify';
import { ApiError } from '../../../errors.ts';
import type { KeptRecipient } from '../../../messaging/recipient.ts';
import { maskRecipient } from '../../../sign-in/user-recipients.ts';
import type { Verification } from '../../../sign-in/verification-row.ts';
import { type AfterCheck, checkPath } from './asked-check.ts';
import type { ReadText } from './form.ts';
import { type Memory, remember } from './form-memory.ts';
import type { PageDeps } from './page-deps.ts';
import { codeOnItsWay, FormProblem, isRefusal, refusedAddress, toProblem } from './problems.ts';
import type { Visit } from './visit.ts';

/** A code that was asked for. */
export type SentCode = Extract<Verification, { type: 'code' }>;

/** What a code page shows. Sending another one is below `path`. */
export function toCodePage(
  { form, policy }: Visit,
  { id: verification, recipient, resendAfter }: SentCode,
  page: {
    path: string;
    /** To give another number or address. */
    change: string | undefined;
    mayBeUnknown: boolean;
    /** Whether nobody has typed the recipient here. */
    isMasked?: boolean;
    /** Where else the code can go; sending it there is below `path`, too. */
    instead?: KeptRecipient | undefined;
    memory: Memory;
    /** The code, where it need not be typed. */
    filled?: string | undefined;
    parameters?: Record<string, string>;
  },
): CodePage {
  const { path, change, mayBeUnknown, isMasked, instead, memory, filled, parameters } = page;
  const carried = { ...parameters, verification };
  return {
    form: form(path, carried),
    recipient: isMasked ? maskRecipient(recipient.address) : recipient.address,
    mayBeUnknown,
    codeLength: policy.verificationCodePolicy.codeLength,
    resend: { form: form(`${path}/resend`, carried), after: resendAfter },
    instead: toInstead(instead, form(`${path}/instead`, carried)),
    code: filled,
    links: { change },
    notice: memory.notice === 'sent-again' ? 'sent-again' : undefined,
    problem: memory.problem,
  };
}

/**
 * The button that sends a code elsewhere, where it can go there; never with more than may be shown to whoever has not
 * typed it.
 */
export const toInstead = (instead: KeptRecipient | undefined, form: Form): CodePage['instead'] =>
  instead && { form, recipient: maskRecipient(instead.address) };

/**
 * What sending a code comes to.
 * @throws FormProblem that says why no mail can be sent to an address
 */
export async function sending<Sent>({ channel }: KeptRecipient, sent: Promise<Sent>): Promise<Sent> {
  return sent.catch((error: unknown) => {
    if (channel !== 'Email' || !(error instanceof ApiError) || error.data?.kind !== 'recipient') throw error;
    throw refusedAddress(error.data);
  });
}

/** The code that was typed. What holds none is no try. */
export function typedCode(text: ReadText, { policy }: Pick<Visit, 'policy'>): string {
  const code = readCode(text('code'), policy.verificationCodePolicy.codeLength);
  if (code === undefined) throw new FormProblem('code-malformed');
  return code;
}

/** Asks for another code, and goes back to the page that asks for it. */
export async function resend(
  reply: FastifyReply,
  visit: Visit,
  { settings: { publicUrl } }: Pick<PageDeps, 'settings'>,
  { code, path, parameters, afterCheck, send }: ResentCode,
): Promise<FastifyReply> {
  const say = (memory: Omit<Memory, 'values'>) =>
    remember(reply, visit, { path, publicUrl }, { ...memory, values: {} });
  let verification = code.id;
  try {
    verification = await send();
    say({ notice: 'sent-again' });
  } catch (error) {
    if (afterCheck && isRefusal(error, 'session.captcha_required')) {
      return reply.redirect(visit.url(checkPath, afterCheck), 303);
    }
    const problem = toProblem(error, visit.policy);
    if (!problem) throw error;
    verification = codeOnItsWay(error) ?? verification;
    say({ problem });
  }
  return reply.redirect(visit.url(path, { ...parameters, verification }), 303);
}

/** A code that is sent once more. */
export type ResentCode = {
  code: SentCode;
  /** Of the page that asks for it. */
  path: string;
  parameters?: Record<string, string>;
  /** What goes on after a check, where one is asked for. */
  afterCheck?: AfterCheck;
  /** @returns the id of the verification */
  send: () => Promise<string>;
};
