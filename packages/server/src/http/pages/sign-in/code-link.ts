import { codeElsewherePage } from '@sesame/pages';
import { ApiError } from '../../../errors.ts';
import { parseLocales } from '../../../locale.ts';
import { readFlowKey } from '../../../oidc/flow-cookie.ts';
import type { LinkedCode } from '../../../verification/code-link.ts';
import type { AppInstance } from '../../app-instance.ts';
import { reader } from '../parts/form.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import { sendPage } from '../parts/send-page.ts';
import { pageContext, readLook, withParameters } from '../parts/visit.ts';
import { startOf } from './pages-of-events.ts';

/**
 * `/verify`: the link of a message. In the browser that asked for the code it leads to the page for the code, which fills
 * it in; elsewhere it shows the code. It changes nothing: programs open links, too.
 */
export function codeLink(app: AppInstance, deps: PageDeps): void {
  app.get('/verify', async (request, reply) => {
    const text = reader(request.query);
    const token = text('token');
    const linked = deps.codeLinks.open(token);
    if (!linked) throw new ApiError('session.verification_session_not_found');
    if (await isHere(request.headers.cookie, linked)) {
      const { flow, event, verification } = linked;
      return reply.redirect(withParameters(`${startOf(event).path}/code`, { flow, verification, token }), 303);
    }
    // Shown once it was used or replaced, it would be typed in vain.
    if (!(await deps.signInFlows.awaitsCode(linked))) throw new ApiError('session.verification_session_not_found');
    const context = pageContext(await readLook(deps), {
      platform: deps.platform,
      uiLocales: parseLocales(text('ui_locales')),
      acceptLanguage: request.headers['accept-language'],
    });
    return sendPage(reply, { context, page: codeElsewherePage(context, { code: linked.code }) });
  });

  /** Whether the browser has the sign-in that asked for the code. */
  async function isHere(cookies: string | undefined, { flow: id, verification }: LinkedCode): Promise<boolean> {
    const key = readFlowKey(cookies, { id, ...deps.settings });
    if (key === undefined) return false;
    const flow = await deps.signInFlows.get({ id, key }).catch((error: unknown) => {
      if (error instanceof ApiError && error.code === 'session.not_found') return undefined;
      throw error;
    });
    return flow?.verifications.some((each) => each.id === verification) ?? false;
  }
}
