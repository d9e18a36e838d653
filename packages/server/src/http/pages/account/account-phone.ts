import { parsePhone } from '@sesame/connector-kit';
import { codePage, phonePage, removePhonePage } from '@sesame/pages';
import type { AppInstance } from '../../app-instance.ts';
import { answerForm } from '../parts/answer-form.ts';
import { resend, toCodePage, typedCode } from '../parts/code-form.ts';
import { recall } from '../parts/form-memory.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import { FormProblem } from '../parts/problems.ts';
import { sendPage } from '../parts/send-page.ts';
import { verifyFirst } from './account-verify.ts';
import { accountCode, openAccount, proofOfPerson } from './account-visit.ts';

const path = '/account/phone';
const codePath = `${path}/code`;

/** `/account/phone` and `/account/phone/code`: a number is linked, or takes the place of the one before. */
export function accountPhone(app: AppInstance, deps: PageDeps): void {
  const { account } = deps;

  app.get(path, async (request, reply) => {
    const visit = await openAccount(request, deps, 'phone');
    const detour = verifyFirst(visit, 'change-phone');
    if (detour !== undefined) return reply.redirect(detour, 303);
    const { problem, values } = recall(request, visit, { path: path, ...deps.settings });
    const page = phonePage(visit.context, {
      purpose: 'link-phone',
      form: visit.form(path),
      phone: { country: values.country ?? visit.country, number: values.phone ?? '' },
      links: { back: visit.url('/account') },
      problem,
    });
    return sendPage(reply, { ...visit, page });
  });

  app.post(path, async (request, reply) => {
    const visit = await openAccount(request, deps, 'phone');
    const { text, user, access, wording } = visit;
    const values = { country: text('country'), phone: text('phone') };
    return answerForm(reply, visit, deps, {
      page: { path },
      values,
      async act() {
        const detour = verifyFirst(visit, 'change-phone');
        if (detour !== undefined) return detour;
        const phone = parsePhone(values.phone, values.country);
        if (!phone) throw new FormProblem('phone-invalid');
        if (phone.e164 === user.primaryPhone) throw new FormProblem('phone-same');
        const { id } = await account.sendCode(access, { phone, wording });
        return visit.url(codePath, { verification: id });
      },
    });
  });

  app.get(codePath, async (request, reply) => {
    const visit = await openAccount(request, deps, 'phone');
    const code = accountCode(visit);
    if (code?.phone === visit.user.primaryPhone) return reply.redirect(visit.url('/account'), 303);
    if (!code || code.verifiedAt !== undefined) return reply.redirect(visit.url(path), 303);
    const memory = recall(request, visit, { path: codePath, ...deps.settings });
    const changeNumber = visit.url(path);
    const model = toCodePage(visit, code, { path: codePath, changeNumber, mayBeUnknown: false, memory });
    return sendPage(reply, { ...visit, page: codePage(visit.context, model) });
  });

  app.post(codePath, async (request, reply) => {
    const visit = await openAccount(request, deps, 'phone');
    const code = accountCode(visit);
    if (!code) return reply.redirect(visit.url(path), 303);
    const { access, text, user } = visit;
    const detour = verifyFirst(visit, 'change-phone');
    if (detour !== undefined) return reply.redirect(detour, 303);
    const personId = proofOfPerson(visit)?.id;
    return answerForm(reply, visit, deps, {
      page: ({ reason }) =>
        reason === 'phone-taken' ? { path } : { path: codePath, parameters: { verification: code.id } },
      notice: user.primaryPhone === null ? 'phone-linked' : 'phone-changed',
      async act() {
        if (code.verifiedAt === undefined) {
          await account.answerCode(access, { id: code.id, code: typedCode(text, visit) });
        }
        await account.replacePhone(access, { personId, phoneId: code.id });
        return visit.url('/account');
      },
    });
  });

  app.post(`${codePath}/resend`, async (request, reply) => {
    const visit = await openAccount(request, deps, 'phone');
    const code = accountCode(visit);
    const phone = code && parsePhone(code.phone);
    if (!phone) return reply.redirect(visit.url(path), 303);
    const send = async () => (await account.sendCode(visit.access, { phone, wording: visit.wording })).id;
    return resend(reply, visit, deps, { code, path: codePath, send });
  });
}

const removePath = `${path}/remove`;

/** `/account/phone/remove` */
export function accountPhoneRemoval(app: AppInstance, deps: PageDeps): void {
  app.get(removePath, async (request, reply) => {
    const visit = await openAccount(request, deps, 'phone');
    const phone = visit.user.primaryPhone;
    if (phone === null) return reply.redirect(visit.url('/account'), 303);
    const detour = verifyFirst(visit, 'remove-phone');
    if (detour !== undefined) return reply.redirect(detour, 303);
    const page = removePhonePage(visit.context, {
      form: visit.form(removePath),
      phone,
      links: { back: visit.url('/account') },
      problem: recall(request, visit, { path: removePath, ...deps.settings }).problem,
    });
    return sendPage(reply, { ...visit, page });
  });

  app.post(removePath, async (request, reply) => {
    const visit = await openAccount(request, deps, 'phone');
    const detour = verifyFirst(visit, 'remove-phone');
    if (detour !== undefined) return reply.redirect(detour, 303);
    return answerForm(reply, visit, deps, {
      page: { path: removePath },
      notice: 'phone-removed',
      async act() {
        await deps.account.removePhone(visit.access, proofOfPerson(visit)?.id);
        return visit.url('/account');
      },
    });
  });
}
