import { ApiError } from '../../../errors.ts';
import type { AppInstance } from '../../app-instance.ts';
import { forget } from '../parts/form-memory.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import { openFlow } from './flow-visit.ts';
import { type WayTarget, wayTargets } from './pages-of-events.ts';
import { keepTyped } from './typed.ts';

const isTarget = (name: string): name is WayTarget => Object.hasOwn(wayTargets, name);

const pathsThatAsk = new Set([...Object.values(wayTargets).map(({ path }) => path), '/register/profile']);

/** `POST /sign-in/go`: to another page that asks who somebody is, with what was typed. Nothing else of the form counts. */
export function ways(app: AppInstance, deps: PageDeps): void {
  app.post('/sign-in/go', async (request, reply) => {
    const visit = await openFlow(request, reply, deps);
    const to = visit.text('to');
    if (!isTarget(to)) throw new ApiError('entity.not_found');
    keepTyped(request, reply, visit, deps);
    // What was wrong before was about something else.
    for (const path of pathsThatAsk) forget(reply, { path, ...deps.settings });
    const { path, parameters } = { parameters: {}, ...wayTargets[to] };
    return reply.redirect(visit.url(path, parameters), 303);
  });
}
