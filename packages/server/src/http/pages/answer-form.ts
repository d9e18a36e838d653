import type { FastifyReply } from 'fastify';
import { forget, remember } from './form-memory.ts';
import type { PageDeps } from './page-deps.ts';
import { toProblem } from './problems.ts';
import type { Visit } from './visit.ts';

/** What becomes of a form. */
export type FormAnswer = {
  /** The page that says what is wrong, where a person can put it right. */
  page: { path: string; parameters?: Record<string, string> };
  /** Where to begin anew when what was proven no longer counts. */
  startAgain?: string;
  /** What the page shows again. */
  values?: Record<string, string>;
  /** Does it. @returns where to go on */
  act: () => Promise<string>;
};

/** Does what a form asks for and sends the browser on; back to the page with what was wrong, if that can be put right. */
export async function answerForm(
  reply: FastifyReply,
  visit: Visit,
  { settings: { publicUrl } }: Pick<PageDeps, 'settings'>,
  { page: { path, parameters }, startAgain, values = {}, act }: FormAnswer,
): Promise<FastifyReply> {
  try {
    const next = await act();
    forget(reply, { path, publicUrl });
    return reply.redirect(next, 303);
  } catch (error) {
    const problem = toProblem(error);
    if (!problem) throw error;
    if (startAgain !== undefined && problem.reason === 'code-not-found') {
      remember(reply, visit, { path: startAgain, publicUrl }, { problem, values: {} });
      return reply.redirect(visit.url(startAgain), 303);
    }
    remember(reply, visit, { path, publicUrl }, { problem, values });
    return reply.redirect(visit.url(path, parameters), 303);
  }
}
