import { parsePhone } from '@sesame/connector-kit';
import { codePage, recipientPage, removeRecipientPage } from '@sesame/pages';
import { type CodeIdentifier, codeIdentifiers } from '../../../experience/methods.ts';
import { type Recipient, readRecipient, recipientOfPhone } from '../../../messaging/recipient.ts';
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
import { verifyFirst } from './account-verify.ts';
import { type AccountVisit, accountCode, openAccount, proofOfPerson } from './account-visit.ts';

/** `/account/phone`, `/account/email` and what is below them. */
export function accountRecipients(app: AppInstance, deps: PageDeps): void {
  for (const type of codeIdentifiers) {
    linking(app, deps, type);
    removal(app, deps, type);
  }
}

/** `/account/<type>` and `/account/<type>/code`: a number or an address is linked, or takes the place of the one before. */
function linking(app: AppInstance, deps: PageDeps, type: CodeIdentifier): void {
  const { account } = deps;
  const path = `/account/${type}`;
  const codePath = `${path}/code`;
  const codeOf = (visit: AccountVisit) => {
    const code = accountCode(visit);
    return code && typeOf(code.recipient) === type ? code : undefined;
  };
  const send = async ({ access, wording }: AccountVisit, recipient: Recipient) =>
    (await sending(recipient, account.sendCode(access, { recipient, wording }))).id;

  app.get(path, async (request, reply) => {
    const visit = await openAccount(request, deps, type);
    const detour = verifyFirst(visit, `change-${type}`);
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
    const { text, user } = visit;
    return answerForm(reply, visit, deps, {
      page: { path },
      codePage: { path: codePath },
      values: { country: text('country'), phone: text('phone'), identifier: text('identifier') },
      async act() {
        const detour = verifyFirst(visit, `change-${type}`);
        if (detour !== undefined) return detour;
        const recipient = readers[type](text);
        // Another spelling of one's own address is proven again.
        if (isOf(recipient, user) && recipient.address === user[userField[type]]) {
          throw new FormProblem(`${type}-same`);
        }
        return visit.url(codePath, { verification: await send(visit, recipient) });
      },
    });
  });

  app.get(codePath, async (request, reply) => {
    const visit = await openAccount(request, deps, type);
    const code = codeOf(visit);
    if (code?.recipient.address === visit.user[userField[type]]) return reply.redirect(visit.url('/account'), 303);
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
    const detour = verifyFirst(visit, `change-${type}`);
    if (detour !== undefined) return reply.redirect(detour, 303);
    const personId = proofOfPerson(visit, code.id)?.id;
    return answerForm(reply, visit, deps, {
      page: ({ reason }) =>
        reason.startsWith(`${type}-`) ? { path } : { path: codePath, parameters: { verification: code.id } },
      notice: `${type}-${user[userField[type]] === null ? 'linked' : 'changed'}`,
      async act() {
        if (code.verifiedAt === undefined) {
          await account.answerCode(access, { id: code.id, code: typedCode(text, visit) });
        }
        await account.replaceRecipient(access, { type, personId, proofId: code.id });
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
