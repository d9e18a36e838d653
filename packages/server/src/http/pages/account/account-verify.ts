import { codePage, type VerifyYourselfPage, verifyYourselfPage } from '@sesame/pages';
import { ApiError } from '../../../errors.ts';
import { type KeptRecipient, type Recipient, readRecipient } from '../../../messaging/recipient.ts';
import { isOf, typeOf } from '../../../sign-in/user-recipients.ts';
import type { AppInstance } from '../../app-instance.ts';
import { answerForm } from '../parts/answer-form.ts';
import { resend, sending, toCodePage, typedCode } from '../parts/code-form.ts';
import { type Memory, recall } from '../parts/form-memory.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import { FormProblem, isRefusal } from '../parts/problems.ts';
import { sendPage } from '../parts/send-page.ts';
import { type AccountVisit, accountCode, openAccount, proofOfPerson, reachedBy } from './account-visit.ts';

const path = '/account/verify';
const codePath = `${path}/code`;

/** What somebody is about to do, and where that is done. */
const aims = {
  'change-phone': '/account/phone',
  'remove-phone': '/account/phone/remove',
  'add-phone': '/account/phone/other',
  'remove-other-phone': '/account/phone/other/remove',
  'make-phone-primary': '/account/phone/other/main',
  'change-email': '/account/email',
  'remove-email': '/account/email/remove',
  'add-email': '/account/email/other',
  'remove-other-email': '/account/email/other/remove',
  'make-email-primary': '/account/email/other/main',
  'change-password': '/account/password',
  'change-second-step': '/account/second-step',
  'change-authenticator': '/account/authenticator',
  'remove-authenticator': '/account/authenticator/remove',
  'change-backup-codes': '/account/backup-codes',
  'keep-backup-codes': '/account/backup-codes/again',
} as const;
/** One of them. */
export type Aim = keyof typeof aims;

/** How it is called where somebody is asked who it is; as the aim, where nothing is said. */
const reasons: Partial<Record<Aim, VerifyYourselfPage['reason']>> = {
  'add-phone': 'change-phone',
  'remove-other-phone': 'remove-phone',
  'make-phone-primary': 'change-phone',
  'add-email': 'change-email',
  'remove-other-email': 'remove-email',
  'make-email-primary': 'change-email',
  // It is about new ones either way.
  'keep-backup-codes': 'change-backup-codes',
};

/** What pages on the way go on with: the aim, and which of several numbers or addresses it is about. */
const kept = ({ text }: AccountVisit, aim: Aim) => ({ for: aim, ...ofOther(text('other')) });

const ofOther = (other: string): { other?: string } => (other === '' ? {} : { other });

/** Where the aim is reached. */
const targetOf = (visit: AccountVisit, aim: Aim): string => visit.url(aims[aim], ofOther(visit.text('other')));

/** Where to show who it is before going on to a page; `undefined` where that was shown already. */
export const verifyFirst = (visit: AccountVisit, aim: Aim): string | undefined =>
  proofOfPerson(visit) ? undefined : visit.url(path, kept(visit, aim));

/** `/account/verify`: by the password, or by a code to a number or an address of the account. */
export function accountVerify(app: AppInstance, deps: PageDeps): void {
  app.get(path, async (request, reply) => {
    const visit = await openAccount(request, deps);
    const aim = readAim(visit);
    if (proofOfPerson(visit)) return reply.redirect(targetOf(visit, aim), 303);
    const page = verifyYourselfPage(
      visit.context,
      pageOf(visit, aim, {
        ...recall(request, visit, { path: path, ...deps.settings }),
        recipients: await reachedBy(visit.user, deps),
      }),
    );
    return sendPage(reply, { ...visit, page });
  });

  app.post(path, async (request, reply) => {
    const visit = await openAccount(request, deps);
    const aim = readAim(visit);
    return answerForm(reply, visit, deps, {
      page: { path, parameters: kept(visit, aim) },
      async act() {
        const password = visit.text('password');
        if (password === '') throw new FormProblem('password-missing');
        await deps.account.checkPassword(visit.access, password).catch((error: unknown) => {
          throw isRefusal(error, 'session.invalid_credentials') ? new FormProblem('password-wrong') : error;
        });
        return targetOf(visit, aim);
      },
    });
  });

  app.post(`${path}/send`, async (request, reply) => {
    const visit = await openAccount(request, deps);
    const aim = readAim(visit);
    return answerForm(reply, visit, deps, {
      page: { path, parameters: kept(visit, aim) },
      codePage: { path: codePath, parameters: kept(visit, aim) },
      async act() {
        const recipients = await reachedBy(visit.user, deps);
        const recipient = recipients.find((one) => typeOf(one) === visit.text('to')) ?? recipients[0];
        if (!recipient) throw new ApiError('entity.not_found');
        return visit.url(codePath, { ...kept(visit, aim), verification: await sendToOwner(visit, deps, recipient) });
      },
    });
  });

  app.get(codePath, async (request, reply) => {
    const visit = await openAccount(request, deps);
    const aim = readAim(visit);
    const code = accountCode(visit);
    if (!code || proofOfPerson(visit)) return reply.redirect(visit.url(path, kept(visit, aim)), 303);
    const model = toCodePage(visit, code, {
      path: codePath,
      change: undefined,
      mayBeUnknown: false,
      memory: recall(request, visit, { path: codePath, ...deps.settings }),
      parameters: kept(visit, aim),
    });
    return sendPage(reply, { ...visit, page: codePage(visit.context, model) });
  });

  app.post(codePath, async (request, reply) => {
    const visit = await openAccount(request, deps);
    const aim = readAim(visit);
    const code = accountCode(visit);
    if (!code) return reply.redirect(visit.url(path, kept(visit, aim)), 303);
    return answerForm(reply, visit, deps, {
      page: { path: codePath, parameters: { ...kept(visit, aim), verification: code.id } },
      async act() {
        await deps.account.answerCode(visit.access, { id: code.id, code: typedCode(visit.text, visit) });
        return targetOf(visit, aim);
      },
    });
  });

  app.post(`${codePath}/resend`, async (request, reply) => {
    const visit = await openAccount(request, deps);
    const aim = readAim(visit);
    const code = accountCode(visit);
    if (!code) return reply.redirect(visit.url(path, kept(visit, aim)), 303);
    const recipient = readRecipient(code.recipient.address);
    if (!recipient || !isOf(recipient, visit.user)) return reply.redirect(visit.url(path, kept(visit, aim)), 303);
    const send = () => sendToOwner(visit, deps, recipient);
    return resend(reply, visit, deps, { code, path: codePath, parameters: kept(visit, aim), send });
  });
}

function readAim({ text }: AccountVisit): Aim {
  const aim = text('for');
  if (!Object.hasOwn(aims, aim)) throw new ApiError('entity.not_found');
  return aim as Aim;
}

/** @returns the id of the verification */
async function sendToOwner(
  { access, wording, verifications, context }: AccountVisit,
  { account }: PageDeps,
  recipient: Recipient,
) {
  const code = sending(recipient, account.sendCode(access, { recipient, wording }));
  const { id } = await code.catch((error: unknown) => {
    const isTo = (one: KeptRecipient) => one.key === recipient.key;
    const sent = verifications.find((one) => one.type === 'code' && isTo(one.recipient) && !one.verifiedAt);
    const isRecent = sent?.type === 'code' && sent.resendAfter > context.now;
    if (isRefusal(error, 'request.message_rate_limited') && isRecent) return sent;
    throw error;
  });
  return id;
}

function pageOf(
  visit: AccountVisit,
  aim: Aim,
  { problem, recipients }: Pick<Memory, 'problem'> & { recipients: readonly Recipient[] },
): VerifyYourselfPage {
  const { user, form, url } = visit;
  const { primaryPhone, primaryEmail, hasPassword, username } = user;
  const hidden = kept(visit, aim);
  const knownAs = username ?? primaryPhone ?? primaryEmail ?? '';
  return {
    reason: reasons[aim] ?? (aim as VerifyYourselfPage['reason']),
    codes: recipients.map((recipient) => ({
      form: form(`${path}/send`, { ...hidden, to: typeOf(recipient) }),
      recipient: recipient.address,
    })),
    password: hasPassword ? { form: form(path, hidden), knownAs } : undefined,
    links: { back: url('/account') },
    problem,
  };
}
