import type { Problem } from '@sesame/pages';
import type { FastifyReply } from 'fastify';
import { type AfterCheck, checkPath } from './asked-check.ts';
import { forget, remember } from './form-memory.ts';
import type { PageDeps } from './page-deps.ts';
import { codeOnItsWay, isRefusal, toProblem } from './problems.ts';
import type { Visit } from './visit.ts';

type Page = { path: string; parameters?: Record<string, string> };

/** What becomes of a form. */
export type FormAnswer = {
  /** The page that says what is wrong, where a person can put it right. */
  page: Page | ((problem: Problem) => Page);
  /** Where to begin anew when what was proven no longer counts. */
  startAgain?: Page;
  /** The page that asks for the code, where one is sent. */
  codePage?: Page;
  /** What goes on after a check, where one is asked for. */
  afterCheck?: AfterCheck;
  /** What the page shows again. */
  values?: Record<string, string>;
  /** What `/account` says when it is done. */
  notice?: string;
  /** Does it. @returns where to go on */
  act: () => Promise<string>;
};

/** Does what a form asks for and sends the browser on; back to the page with what was wrong, if that can be put right. */
export async function answerForm(
  reply: FastifyReply,
  visit: Visit,
  { settings: { publicUrl } }: Pick<PageDeps, 'settings'>,
  { page, startAgain, codePage, afterCheck, values = {}, notice, act }: FormAnswer,
): Promise<FastifyReply> {
  try {
    const next = await act();
    if (typeof page === 'object') forget(reply, { path: page.path, publicUrl });
    // What the next page said before was about something else. The end of a flow is elsewhere.
    if (next.startsWith('/')) forget(reply, { path: next.split('?', 1)[0] ?? next, publicUrl });
    if (notice !== undefined) remember(reply, visit, { path: '/account', publicUrl }, { notice, values: {} });
    return reply.redirect(next, 303);
  } catch (error) {
    if (afterCheck && isRefusal(error, 'session.captcha_required')) {
      return reply.redirect(visit.url(checkPath, afterCheck), 303);
    }
    const problem = toProblem(error, visit.policy);
    if (!problem) throw error;
    const verification = codeOnItsWay(error);
    const next = (target: Page, shown: Record<string, string> = {}) => {
      remember(reply, visit, { path: target.path, publicUrl }, { problem, values: shown });
      return reply.redirect(visit.url(target.path, target.parameters), 303);
    };
    if (startAgain && problem.reason === 'code-not-found') return next(startAgain);
    if (codePage && verification !== undefined) {
      return next({ ...codePage, parameters: { ...codePage.parameters, verification } });
    }
    return next(typeof page === 'object' ? page : page(problem), values);
  }
}
