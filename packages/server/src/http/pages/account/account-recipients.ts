import { parsePhone } from '@sesame/connector-kit';
import { codePage, recipientPage, removeRecipientPage } from '@sesame/pages';
import type { User } from '../../../accounts/user-record.ts';
import { type CodeIdentifier, codeIdentifiers } from '../../../experience/methods.ts';
import { type KeptRecipient, type Recipient, readRecipient, recipientOfPhone } from '../../../messaging/recipient.ts';
import type { NewRecipient } from '../../../sign-in/account.ts';
import type { AccountAccess } from '../../../sign-in/account-access.ts';
import { isOf, typeOf, userField } from '../../../sign-in/user-recipients.ts';
import type { AppInstance } from '../../app-instance.ts';
import { answerForm } from '../parts/answer-form.ts';
import { resend, sending, toCodePage, typedCode } from '../parts/code-form.ts';
import type { ReadText } from '../parts/form.ts';
import { recall } from '../parts/form-memory.ts';
import { offersOf } from '../parts/offered-countries.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import { addressProblem, FormProblem } from '../parts/problems.ts';
import { sendPage } from '../parts/send-page.ts';
import { othersOf } from './account-other-recipients.ts';
import { type Aim, verifyFirst } from './account-verify.ts';
import { type AccountVisit, accountCode, openAccount, proofOfPerson } from './account-visit.ts';

/** `/account/phone`, `/account/email` and what is below them. */
export function accountRecipients(app: AppInstance, deps: PageDeps): void {
  for (const type of codeIdentifiers) {
    linking(app, deps, type, primary);
    linking(app, deps, type, another);
    removal(app, deps, type);
  }
}

/** How a number or an address that was proven is linked. */
type Place = {
  path: (type: CodeIdentifier) => string;
  aim: (type: CodeIdentifier) => Aim;
  /** Whether there may be one. */
  isOpen: (visit: AccountVisit, deps: PageDeps, type: CodeIdentifier) => Promise<boolean>;
  /** Whether it is there already. */
  has: (user: User, recipient: KeptRecipient) => boolean;
  link: (deps: PageDeps, access: AccountAccess, asked: NewRecipient) => Promise<unknown>;
  notice: (user: User, type: CodeIdentifier) => 'linked' | 'changed';
};

/** As the primary one, in the place of the one before. Another spelling of one's own address is proven again. */
const primary: Place = {
  path: (type) => `/account/${type}`,
  aim: (type) => `change-${type}`,
  isOpen: async () => true,
  has: (user, recipient) => recipient.address === user[userField[typeOf(recipient)]],
  link: ({ account }, access, asked) => account.replaceRecipient(access, asked),
  notice: (user, type) => (user[userField[type]] === null ? 'linked' : 'changed'),
};

/** Beside the primary one. */
const another: Place = {
  path: (type) => `/account/${type}/other`,
  aim: (type) => `add-${type}`,
  isOpen: async (visit, deps, type) => (await othersOf(visit, deps, type)).add !== undefined,
  has: (user, recipient) => isOf(recipient, user),
  link: ({ account }, access, asked) => account.others.add(access, asked),
  notice: () => 'linked',
};

/** `/account/<type>`, `/account/<type>/other` and `…/code` of them: a number or an address is linked. */
function linking(app: AppInstance, deps: PageDeps, type: CodeIdentifier, place: Place): void {
  const { account } = deps;
  const path = place.path(type);
  const codePath = `${path}/code`;
  const codeOf = (visit: AccountVisit) => {
    const code = accountCode(visit);
    return code && typeOf(code.recipient) === type ? code : undefined;
  };
  const send = async ({ access, wording }: AccountVisit, recipient: Recipient) =>
    (await sending(recipient, account.sendCode(access, { recipient, wording }))).id;

  app.get(path, async (request, reply) => {
    const visit = await openAccount(request, deps, type);
    if (!(await place.isOpen(visit, deps, type))) return reply.redirect(visit.url('/account'), 303);
    const detour = verifyFirst(visit, place.aim(type));
    if (detour !== undefined) return reply.redirect(detour, 303);
    const { problem, values } = recall(request, visit, { path, ...deps.settings });
    const page = recipientPage(visit.context, {
      purpose: 'link',
      form: visit.form(path),
      identifier: {
        takes: [type],
        value: values.identifier ?? '',
        phone: {
          ...{ country: values.country ?? visit.country, number: values.phone ?? '' },
          offers: offersOf(visit.policy.fraudPolicy),
        },
      },
      links: { back: visit.url('/account') },
      problem,
    });
    return sendPage(reply, { ...visit, page });
  });

  app.post(path, async (request, reply) => {
    const visit = await openAccount(request, deps, type);
    if (!(await place.isOpen(visit, deps, type))) return reply.redirect(visit.url('/account'), 303);
    const { text, user } = visit;
    return answerForm(reply, visit, deps, {
      page: { path },
      codePage: { path: codePath },
      values: { country: text('country'), phone: text('phone'), identifier: text('identifier') },
      async act() {
        const detour = verifyFirst(visit, place.aim(type));
        if (detour !== undefined) return detour;
        const recipient = readers[type](text);
        if (place.has(user, recipient)) throw new FormProblem(`${type}-same`);
        return visit.url(codePath, { verification: await send(visit, recipient) });
      },
    });
  });

  app.get(codePath, async (request, reply) => {
    const visit = await openAccount(request, deps, type);
    const code = codeOf(visit);
    if (code && place.has(visit.user, code.recipient)) return reply.redirect(visit.url('/account'), 303);
    if (!code || code.verifiedAt !== undefined) return reply.redirect(visit.url(path), 303);
    const memory = recall(request, visit, { path: codePath, ...deps.settings });
    const model = toCodePage(visit, code, { path: codePath, change: visit.url(path), mayBeUnknown: false, memory });
    return sendPage(reply, { ...visit, page: codePage(visit.context, model) });
  });

  app.post(codePath, async (request, reply) => {
    const visit = await openAccount(request, deps, type);
    const code = codeOf(visit);
    if (!code) return reply.redirect(visit.url(path), 303);
    const { access, text, user } = visit;
    const detour = verifyFirst(visit, place.aim(type));
    if (detour !== undefined) return reply.redirect(detour, 303);
    const personId = proofOfPerson(visit, code.id)?.id;
    return answerForm(reply, visit, deps, {
      page: ({ reason }) =>
        reason.startsWith(`${type}-`) ? { path } : { path: codePath, parameters: { verification: code.id } },
      notice: `${type}-${place.notice(user, type)}`,
      async act() {
        if (code.verifiedAt === undefined) {
          await account.answerCode(access, { id: code.id, code: typedCode(text, visit) });
        }
        await place.link(deps, access, { type, personId, proofId: code.id });
        return visit.url('/account');
      },
    });
  });

  app.post(`${codePath}/resend`, async (request, reply) => {
    const visit = await openAccount(request, deps, type);
    const code = codeOf(visit);
    const recipient = code && readRecipient(code.recipient.address);
    if (!recipient) return reply.redirect(visit.url(path), 303);
    return resend(reply, visit, deps, { code, path: codePath, send: () => send(visit, recipient) });
  });
}

/** What a form says of a number or an address. Each throws a FormProblem for what is none. */
const readers: Record<CodeIdentifier, (text: ReadText) => Recipient> = {
  phone(text) {
    const phone = parsePhone(text('phone'), text('country'));
    if (!phone) throw new FormProblem('phone-invalid');
    return recipientOfPhone(phone);
  },
  email(text) {
    const recipient = readRecipient(text('identifier'));
    if (recipient?.channel !== 'Email') throw addressProblem(text('identifier'));
    return recipient;
  },
};

/** `/account/<type>/remove` */
function removal(app: AppInstance, deps: PageDeps, type: CodeIdentifier): void {
  const path = `/account/${type}/remove`;
  app.get(path, async (request, reply) => {
    const visit = await openAccount(request, deps, type);
    const recipient = visit.user[userField[type]];
    if (recipient === null) return reply.redirect(visit.url('/account'), 303);
    const detour = verifyFirst(visit, `remove-${type}`);
    if (detour !== undefined) return reply.redirect(detour, 303);
    const page = removeRecipientPage(visit.context, {
      form: visit.form(path),
      recipient,
      links: { back: visit.url('/account') },
      problem: recall(request, visit, { path, ...deps.settings }).problem,
    });
    return sendPage(reply, { ...visit, page });
  });

  app.post(path, async (request, reply) => {
    const visit = await openAccount(request, deps, type);
    const detour = verifyFirst(visit, `remove-${type}`);
    if (detour !== undefined) return reply.redirect(detour, 303);
    return answerForm(reply, visit, deps, {
      page: { path },
      notice: `${type}-removed`,
      async act() {
        await deps.account.removeRecipient(visit.access, type, proofOfPerson(visit)?.id);
        return visit.url('/account');
      },
    });
  });
}
