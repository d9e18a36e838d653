import { readCode } from '@sesame/connector-kit';
import type { CodePage } from '@sesame/pages';
import type { FastifyReply } from 'fastify';
import type { Verification } from '../../../sign-in/verifications.ts';
import type { ReadText } from './form.ts';
import { type Memory, remember } from './form-memory.ts';
import type { PageDeps } from './page-deps.ts';
import { FormProblem, toProblem } from './problems.ts';
import type { Visit } from './visit.ts';

/** A code that was asked for. */
export type SentCode = Extract<Verification, { type: 'code' }>;

/** What a code page shows. Sending another one is below `path`. */
export function toCodePage(
  { form, policy }: Visit,
  { id: verification, phone, resendAfter }: SentCode,
  page: {
    path: string;
    changeNumber: string | undefined;
    mayBeUnknown: boolean;
    memory: Memory;
    parameters?: Record<string, string>;
  },
): CodePage {
  const { path, changeNumber, mayBeUnknown, memory, parameters } = page;
  const carried = { ...parameters, verification };
  return {
    form: form(path, carried),
    phone,
    mayBeUnknown,
    codeLength: policy.verificationCodePolicy.codeLength,
    resend: { form: form(`${path}/resend`, carried), after: resendAfter },
    links: { changeNumber },
    notice: memory.notice === 'sent-again' ? 'sent-again' : undefined,
    problem: memory.problem,
  };
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
  { code, path, parameters, send }: ResentCode,
): Promise<FastifyReply> {
  const say = (memory: Omit<Memory, 'values'>) =>
    remember(reply, visit, { path, publicUrl }, { ...memory, values: {} });
  let verification = code.id;
  try {
    verification = await send();
    say({ notice: 'sent-again' });
  } catch (error) {
    const problem = toProblem(error, visit.policy);
    if (!problem) throw error;
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
  /** @returns the id of the verification */
  send: () => Promise<string>;
};
