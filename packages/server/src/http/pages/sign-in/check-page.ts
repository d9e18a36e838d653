import { checkPage } from '@sesame/pages';
import type { FastifyRequest } from 'fastify';
import type { FlowEvent } from '../../../store/tables/sign-ins.ts';
import type { AppInstance } from '../../app-instance.ts';
import { answerForm } from '../parts/answer-form.ts';
import { checkPath } from '../parts/asked-check.ts';
import { forget, recall, remember } from '../parts/form-memory.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import { isRefusal } from '../parts/problems.ts';
import { sendPage } from '../parts/send-page.ts';
import { goOnAfter, readAfter } from './after-check.ts';
import { type FlowVisit, openFlow } from './flow-visit.ts';
import { passwordIdentifiers, startOf } from './pages-of-events.ts';

/** The longest answers are those of Google. */
const longestToken = 8192;

/**
 * `/sign-in/check`: makes sure that a person is there, before something is sent or somebody signs in. Its URL says what
 * goes on after it; what was typed waits in the browser.
 */
export function checkPages(app: AppInstance, deps: PageDeps): void {
  app.get(checkPath, async (request, reply) => {
    const visit = await openFlow(request, reply, deps);
    const { context, form, text, way, url, access, policy } = visit;
    const { problem, values } = recall(request, visit, { path: checkPath, ...deps.settings });
    // A reload does not begin the wait anew.
    const { question, sources, wait } = await deps.signInFlows.check.show(access, values.wait);
    const page = { path: checkPath, ...deps.settings };
    if (wait && wait.ticket !== values.wait) remember(reply, visit, page, { problem, values: { wait: wait.ticket } });
    const after = readAfter(text);
    const start = startOf(eventOf(visit, after));
    const isSignIn = eventOf(visit, after) === 'SignIn' && passwordIdentifiers(policy).length > 0;
    const shown = checkPage(context, {
      form: form(checkPath, after),
      question,
      wait,
      links: {
        password: isSignIn && after.next !== 'go-on' ? way('password') : undefined,
        back: url(start.path, start.parameters),
      },
      problem,
    });
    return sendPage(reply, { ...visit, page: shown, sources });
  });

  app.post(checkPath, async (request, reply) => {
    const visit = await openFlow(request, reply, deps);
    const { access, client, text } = visit;
    const after = readAfter(text);
    const { check } = deps.signInFlows;
    const [token, ticket] = [tokenOf(request), text('wait')];
    let hasPassed = false;
    // What did not count is not shown again, but for a wait that goes on.
    const values: Record<string, string> = {};
    return answerForm(reply, visit, deps, {
      page: () => (hasPassed ? startOf(eventOf(visit, after)) : { path: checkPath, parameters: after }),
      codePage: { path: `${startOf(eventOf(visit, after)).path}/code` },
      values,
      async act() {
        const given =
          token === '' ? check.answerWait(access, { ticket, client }) : check.answer(access, { token, client });
        await given.catch((error: unknown) => {
          if (isRefusal(error, 'session.captcha_failed') && error.data?.reason === 'waiting') values.wait = ticket;
          throw error;
        });
        hasPassed = true;
        forget(reply, { path: checkPath, ...deps.settings });
        return goOnAfter(request, visit, deps, after);
      },
    });
  });
}

const eventOf = ({ flow }: FlowVisit, { event }: { event?: string }): FlowEvent =>
  (['SignIn', 'Register', 'ForgotPassword'] as const).find((one) => one === event) ?? flow.event;

/** Longer than other texts of forms. */
function tokenOf({ body }: FastifyRequest): string {
  const { token } = (body ?? {}) as { token?: unknown };
  return typeof token === 'string' ? token.slice(0, longestToken) : '';
}
