import { codePage } from '@sesame/pages';
import { isSuppressedForStrangers } from '../../../sign-in/rules.ts';
import { identifierOf } from '../../../sign-in/user-recipients.ts';
import type { AppInstance } from '../../app-instance.ts';
import { answerForm } from '../parts/answer-form.ts';
import { resend, type SentCode, toCodePage, typedCode } from '../parts/code-form.ts';
import { recall } from '../parts/form-memory.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import { sendPage } from '../parts/send-page.ts';
import type { Visit } from '../parts/visit.ts';
import { type FlowVisit, namedCode, openFlow } from './flow-visit.ts';
import { goOn } from './go-on.ts';
import { startOf } from './pages-of-events.ts';
import { againTo, elsewhere, sendAgain } from './send-again.ts';

/** Where somebody goes on who has answered the code already, and has no account. */
const nextPath = { SignIn: '/sign-in/no-account', Register: '/register/profile' } as const;

/** `/sign-in/code`, `/register/code`, `/forgot-password/code`, and sending another one, or one elsewhere, below each. */
export function codePages(app: AppInstance, deps: PageDeps): void {
  for (const event of ['SignIn', 'Register', 'ForgotPassword'] as const) {
    const start = startOf(event);
    const startUrl = ({ url }: Visit) => url(start.path, start.parameters);
    const path = `${start.path}/code`;

    app.get(path, async (request, reply) => {
      const visit = await openFlow(request, reply, deps);
      const code = namedCode(visit);
      if (!code) return reply.redirect(startUrl(visit), 303);
      if (code.verifiedAt !== undefined) {
        return reply.redirect(visit.url(await pathAfter(code), { verification: code.id }), 303);
      }
      const model = toCodePage(visit, code, {
        path,
        change: startUrl(visit),
        mayBeUnknown: isSuppressedForStrangers(visit.policy, event, code.recipient),
        isMasked: code.isUntyped && code.verifiedAt === undefined,
        instead: (await elsewhere(request, visit, deps, { event, from: code.recipient }))?.recipient,
        memory: recall(request, visit, { path: path, ...deps.settings }),
        filled: await linkedCode(visit, code),
      });
      return sendPage(reply, { ...visit, page: codePage(visit.context, model) });
    });

    app.post(path, async (request, reply) => {
      const visit = await openFlow(request, reply, deps);
      const code = namedCode(visit);
      if (!code) return reply.redirect(startUrl(visit), 303);
      return answerForm(reply, visit, deps, {
        page: { path, parameters: { verification: code.id } },
        afterCheck: { next: 'go-on', verification: code.id },
        async act() {
          const { access, client, text, keepKey } = visit;
          await deps.signInFlows.takeUp(access, event);
          keepKey(await deps.signInFlows.answerCode(access, { id: code.id, code: typedCode(text, visit), client }));
          return goOn(visit, deps, code.id);
        },
      });
    });

    for (const next of ['resend', 'instead'] as const) {
      app.post(`${path}/${next}`, async (request, reply) => {
        const visit = await openFlow(request, reply, deps);
        const code = namedCode(visit);
        const asked = code && { event, code, isElsewhere: next === 'instead' };
        const to = asked && (await againTo(request, visit, deps, asked));
        if (!code || !to) return reply.redirect(startUrl(visit), 303);
        const afterCheck = { next, event, verification: code.id };
        return resend(reply, visit, deps, {
          code,
          path,
          afterCheck,
          send: () => sendAgain(visit, deps, { event, ...to }),
        });
      });
    }

    /** Looked up, since a page says whether there is an account: whoever has proven to have the address may know. */
    async function pathAfter({ recipient }: SentCode): Promise<string> {
      if (event === 'ForgotPassword') return '/forgot-password/password';
      const isKnown = (await deps.users.find(identifierOf(recipient))) !== undefined;
      return isKnown ? '/register/account-exists' : nextPath[event];
    }

    /** The code that the link of the message has brought; not one of a message before, which would spend a try. */
    async function linkedCode({ text }: FlowVisit, { id }: SentCode): Promise<string | undefined> {
      const linked = deps.codeLinks.open(text('token'));
      const isOfPage = linked?.verification === id && (await deps.signInFlows.awaitsCode(linked));
      return isOfPage ? linked.code : undefined;
    }
  }
}
