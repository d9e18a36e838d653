import { codePage, recipientPage, verifyYourselfPage } from '@sesame/pages';
import { codeMethods } from '../../../experience/methods.ts';
import { codeTypes, takesTotp } from '../../../experience/second-factors.ts';
import { type Recipient, readRecipient } from '../../../messaging/recipient.ts';
import { isSecondCode } from '../../../sign-in/second-factor.ts';
import { maskRecipient, typeOf } from '../../../sign-in/user-recipients.ts';
import type { AppInstance } from '../../app-instance.ts';
import { answerForm } from '../parts/answer-form.ts';
import { resend, type SentCode, sending, toCodePage, typedCode } from '../parts/code-form.ts';
import { recall } from '../parts/form-memory.ts';
import { offersOf } from '../parts/offered-countries.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import { isRefusal } from '../parts/problems.ts';
import { sendPage } from '../parts/send-page.ts';
import { authenticatorUrl } from './authenticators.ts';
import { backupCodeUrl } from './backup-codes.ts';
import { type FlowVisit, namedCode, openFlow } from './flow-visit.ts';
import {
  addPath,
  authenticatorPath,
  finish,
  newAuthenticatorPath,
  secondStepPath as path,
  skipForm,
  skipPath,
} from './go-on.ts';
import { identifierField, readIdentifier } from './identifier.ts';
import { tickedTrust, trustChoice, trustIfTicked } from './trust-choice.ts';
import { keepTyped, recallTyped } from './typed.ts';

const codePath = `${path}/code`;
const start = '/sign-in';
const afterCheck = { next: 'go-on' } as const;

/** `/sign-in/second-step` and below: a code after what says who it is, or where one can go from now on. */
export function secondStep(app: AppInstance, deps: PageDeps): void {
  choosing(app, deps);
  adding(app, deps);
  skipping(app, deps);
  answering(app, deps);
}

/** `/sign-in/second-step`: where the code goes. */
function choosing(app: AppInstance, deps: PageDeps): void {
  app.get(path, async (request, reply) => {
    const visit = await openFlow(request, reply, deps);
    const recipients = await recipientsOf(visit, deps);
    const authenticator = await authenticatorUrl(visit, deps);
    if (recipients.length === 0) return reply.redirect(authenticator ?? visit.url(start), 303);
    const page = verifyYourselfPage(visit.context, {
      reason: 'sign-in',
      codes: recipients.map((recipient) => ({
        form: visit.form(path, { to: typeOf(recipient) }),
        recipient: maskRecipient(recipient.address),
      })),
      links: { back: visit.url(start), authenticator, backupCode: await backupCodeUrl(visit, deps) },
      problem: recall(request, visit, { path, ...deps.settings }).problem,
    });
    return sendPage(reply, { ...visit, page });
  });

  app.post(path, async (request, reply) => {
    const visit = await openFlow(request, reply, deps);
    return answerForm(reply, visit, deps, {
      page: { path },
      startAgain: { path: start },
      codePage: { path: codePath },
      afterCheck,
      async act() {
        // It may be there already, or no longer be asked for.
        const next = await finish(visit, deps);
        if (![path, authenticatorPath].some((here) => next === visit.url(here))) return next;
        const recipients = await recipientsOf(visit, deps);
        const recipient = recipients.find((one) => typeOf(one) === visit.text('to')) ?? recipients[0];
        if (!recipient) return visit.url(start);
        const verification = await send(visit, deps, recipient).catch((error: unknown) => {
          // Whoever asks again too soon still has the one before.
          const recent = isRefusal(error, 'request.message_rate_limited') && recentCode(visit, recipient);
          if (!recent) throw error;
          return recent;
        });
        return visit.url(codePath, { verification });
      },
    });
  });
}

/** `/sign-in/second-step/add`: the number or the address that an account has to have. */
function adding(app: AppInstance, deps: PageDeps): void {
  app.get(addPath, async (request, reply) => {
    const visit = await openFlow(request, reply, deps);
    const takes = codeTypes(visit.policy.mfa);
    if (visit.flow.userId === undefined || takes.length === 0) return reply.redirect(visit.url(start), 303);
    const identifier = identifierField(takes, visit, recallTyped(request, visit, deps));
    const page = recipientPage(visit.context, {
      purpose: 'second-factor',
      form: visit.form(addPath),
      identifier: { ...identifier, phone: { ...identifier.phone, offers: offersOf(visit.policy.fraudPolicy) } },
      links: {
        back: visit.url(start),
        authenticator: takesTotp(visit.policy.mfa) ? visit.url(newAuthenticatorPath) : undefined,
      },
      skip: skipForm(visit),
      problem: recall(request, visit, { path: addPath, ...deps.settings }).problem,
    });
    return sendPage(reply, { ...visit, page });
  });

  app.post(addPath, async (request, reply) => {
    const visit = await openFlow(request, reply, deps);
    keepTyped(request, reply, visit, deps);
    return answerForm(reply, visit, deps, {
      page: { path: addPath },
      startAgain: { path: start },
      codePage: { path: codePath },
      afterCheck,
      async act() {
        const next = await finish(visit, deps);
        if (![addPath, newAuthenticatorPath].some((here) => next === visit.url(here))) return next;
        const recipient = readIdentifier(codeTypes(visit.policy.mfa), visit);
        if ('username' in recipient) return visit.url(start);
        return visit.url(codePath, { verification: await sendToLink(visit, deps, recipient) });
      },
    });
  });
}

/** `/sign-in/second-step/skip` */
function skipping(app: AppInstance, deps: PageDeps): void {
  app.post(skipPath, async (request, reply) => {
    const visit = await openFlow(request, reply, deps);
    return answerForm(reply, visit, deps, {
      page: { path: addPath },
      startAgain: { path: start },
      async act() {
        await deps.signInFlows.second.decline(visit.access);
        return finish(visit, deps);
      },
    });
  });
}

/** `/sign-in/second-step/code`, and sending another one, or one elsewhere, below it. */
function answering(app: AppInstance, deps: PageDeps): void {
  app.get(codePath, async (request, reply) => {
    const visit = await openFlow(request, reply, deps);
    const code = codeHere(visit);
    if (!code || code.verifiedAt !== undefined) return reply.redirect(visit.url(path), 303);
    const instead = await elsewhere(visit, deps, code);
    const memory = recall(request, visit, { path: codePath, ...deps.settings });
    const shown = toCodePage(visit, code, {
      path: codePath,
      change: isSecondCode(code) ? undefined : visit.url(addPath),
      mayBeUnknown: false,
      isMasked: isSecondCode(code),
      instead,
      memory,
    });
    const [authenticator, backupCode] = isSecondCode(code)
      ? [await authenticatorUrl(visit, deps), await backupCodeUrl(visit, deps).catch(() => undefined)]
      : [];
    const trust = isSecondCode(code) ? trustChoice(visit, memory.values.trust) : undefined;
    const model = { ...shown, trust, links: { ...shown.links, authenticator, backupCode } };
    return sendPage(reply, { ...visit, page: codePage(visit.context, model) });
  });

  app.post(codePath, async (request, reply) => {
    const visit = await openFlow(request, reply, deps);
    const code = codeHere(visit);
    if (!code) return reply.redirect(visit.url(path), 303);
    return answerForm(reply, visit, deps, {
      page: ({ reason }) =>
        /^(phone|email)-/.test(reason) ? { path: addPath } : { path: codePath, parameters: { verification: code.id } },
      startAgain: { path },
      afterCheck,
      values: tickedTrust(visit),
      async act() {
        await answer(visit, deps, code);
        return finish(visit, deps);
      },
    });
  });

  for (const next of ['resend', 'instead'] as const) {
    app.post(`${codePath}/${next}`, async (request, reply) => {
      const visit = await openFlow(request, reply, deps);
      const code = codeHere(visit);
      const to =
        code && (next === 'resend' ? readRecipient(code.recipient.address) : await elsewhere(visit, deps, code));
      if (!code || !to) return reply.redirect(visit.url(path), 303);
      const sendTo = isSecondCode(code) ? send : sendToLink;
      return resend(reply, visit, deps, { code, path: codePath, afterCheck, send: () => sendTo(visit, deps, to) });
    });
  }
}

/** The code that a page names; none that was masked elsewhere, which would show here. */
function codeHere(visit: FlowVisit): SentCode | undefined {
  const code = namedCode(visit);
  return code && (isSecondCode(code) || !code.isUntyped) ? code : undefined;
}

/** Where the code may go; nowhere where it has to be asked again who it is. */
async function recipientsOf({ access }: FlowVisit, { signInFlows }: PageDeps): Promise<Recipient[]> {
  return signInFlows.second.recipients(access).catch((error: unknown) => {
    const isOver = isRefusal(error, 'session.verification_failed', 'session.verification_session_not_found');
    if (isOver || isRefusal(error, 'session.identifier_not_found', 'session.invalid_interaction_type')) return [];
    throw error;
  });
}

/** Where else a second code can go. */
async function elsewhere(visit: FlowVisit, deps: PageDeps, code: SentCode): Promise<Recipient | undefined> {
  if (!isSecondCode(code)) return undefined;
  return (await recipientsOf(visit, deps)).find(({ channel }) => channel !== code.recipient.channel);
}

/** Sends a second code. @returns the id of its verification */
async function send(visit: FlowVisit, { signInFlows }: PageDeps, recipient: Recipient): Promise<string> {
  const { access, client, wording } = visit;
  const sent = signInFlows.second.sendCode(access, { type: typeOf(recipient), client, wording });
  return (await sending(recipient, sent)).id;
}

const recentCode = ({ flow, context }: FlowVisit, { key }: Recipient): string | undefined =>
  flow.verifications
    .filter(isSecondCode)
    .find((one) => one.recipient.key === key && one.verifiedAt === undefined && one.resendAfter > context.now)?.id;

/** Sends a code to what the account is to get. @returns the id of its verification */
async function sendToLink(visit: FlowVisit, { signInFlows }: PageDeps, recipient: Recipient): Promise<string> {
  const { access, client, wording, flow } = visit;
  const sent = signInFlows.sendCode(access, { event: flow.event, recipient, client, wording });
  return (await sending(recipient, sent)).id;
}

/** Takes what was typed for the code; one to a new number or address links that. */
async function answer(visit: FlowVisit, deps: PageDeps, code: SentCode): Promise<void> {
  const { access, client, text, keepKey } = visit;
  const { signInFlows } = deps;
  const { id } = code;
  const type = typeOf(code.recipient);
  if (isSecondCode(code)) {
    if (code.verifiedAt !== undefined) return;
    keepKey(await signInFlows.second.answerCode(access, { type, id, code: typedCode(text, visit), client }));
    return trustIfTicked(visit, deps);
  }
  if (code.verifiedAt === undefined) {
    keepKey(await signInFlows.answerCode(access, { id, code: typedCode(text, visit), client }));
  }
  keepKey(await signInFlows.setFactor(access, id, codeMethods[type]));
}
