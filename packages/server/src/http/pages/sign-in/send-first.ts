import type { RecipientKey } from '../../../messaging/recipient.ts';
import type { FlowEvent } from '../../../store/tables/sign-ins.ts';
import { sending } from '../parts/code-form.ts';
import type { ReadText } from '../parts/form.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import { isRefusal } from '../parts/problems.ts';
import { checkAgreement } from './agreement.ts';
import type { FlowVisit } from './flow-visit.ts';
import { identifiersFor, readIdentifier } from './identifier.ts';
import { pathOf } from './pages-of-events.ts';
import type { Typed } from './typed-values.ts';

/** What says who somebody is: the fields of the form, and what is known of them. */
type Given = { event: FlowEvent; text: ReadText; typed: Typed };

/** Sends the first code to what was typed. @returns where the browser goes next */
export async function sendFirst(visit: FlowVisit, deps: PageDeps, { event, text, typed }: Given): Promise<string> {
  const { access, client, wording, country } = visit;
  const recipient = readIdentifier(identifiersFor(event, visit), { text, country });
  if ('username' in recipient) return visit.url('/sign-in/password');
  if (event !== 'ForgotPassword') checkAgreement(event, visit.policy, typed);
  await deps.signInFlows.takeUp(access, event);
  const codeUrl = (verification: string) => visit.url(`${pathOf[event]}/code`, { verification });
  try {
    const code = deps.signInFlows.sendCode(access, { event, recipient, client, wording });
    return codeUrl((await sending(recipient, code)).id);
  } catch (error) {
    // Whoever asks again before another message may be sent still has the code from before.
    const mayHave = isRefusal(error, 'request.message_rate_limited', 'session.captcha_required');
    const sent = mayHave && recentCode(visit, event, recipient);
    if (!sent) throw error;
    return codeUrl(sent);
  }
}

function recentCode({ flow, context }: FlowVisit, event: FlowEvent, { key }: RecipientKey): string | undefined {
  return flow.verifications.find(
    (one) =>
      one.type === 'code' &&
      one.usageType === event &&
      one.recipient.key === key &&
      one.verifiedAt === undefined &&
      one.resendAfter > context.now,
  )?.id;
}
