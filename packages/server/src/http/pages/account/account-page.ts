import { type AccountPage, accountPage, messagePage } from '@sesame/pages';
import { type AccountField, controlOf } from '../../../experience/account-center.ts';
import { codeIdentifiers } from '../../../experience/methods.ts';
import { parseLocales } from '../../../locale.ts';
import { canSignIn } from '../../../sign-in/rules.ts';
import { channelOf, userField } from '../../../sign-in/user-recipients.ts';
import type { AppInstance } from '../../app-instance.ts';
import { answerForm } from '../parts/answer-form.ts';
import { reader } from '../parts/form.ts';
import { forget, recall } from '../parts/form-memory.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import { sendPage } from '../parts/send-page.ts';
import { pageContext, readLook } from '../parts/visit.ts';
import { authenticatorPath } from './account-authenticator.ts';
import { backupCodesOf } from './account-backup-codes.ts';
import { othersOf } from './account-other-recipients.ts';
import { secondStepOf } from './account-second-step.ts';
import { trustedBrowsersOf } from './account-trusted-devices.ts';
import { type AccountVisit, openAccount } from './account-visit.ts';
import { deviceOf } from './device.ts';

const path = '/account';
const notices = [
  'phone-linked',
  'phone-changed',
  'phone-removed',
  'email-linked',
  'email-changed',
  'email-removed',
  'password-set',
  'password-changed',
  'session-ended',
  'second-step-on',
  'second-step-off',
  'backup-codes-kept',
  'authenticator-added',
  'authenticator-changed',
  'authenticator-removed',
  'trust-ended',
] as const;

/** `/account`, and ending sessions below it. */
export function account(app: AppInstance, deps: PageDeps): void {
  const { interactions, platform } = deps;

  app.get(path, async (request, reply) => {
    const visit = await openAccount(request, deps);
    // The answer to a sign-in for this page says nothing more than that it is done.
    if (visit.text('iss') !== '') return reply.redirect(visit.url(path), 303);
    const sessions = await interactions.listSessions(visit.user.id);
    const memory = recall(request, visit, { path: path, ...deps.settings });
    // Said once, not again at each reload.
    if (memory.notice !== undefined) forget(reply, { path, ...deps.settings });
    const model: AccountPage = {
      ...(await factsOf(visit, deps)),
      sessions: sessions.map(({ id, signedInAt, userAgent = '', applications }) => ({
        ...deviceOf(userAgent),
        applications: applications.map(({ name }) => name),
        signedInAt,
        isCurrent: id === visit.id,
        end: id === visit.id ? undefined : visit.form('/account/sessions/end', { session: id }),
      })),
      trustedBrowsers: await trustedBrowsersOf(visit, deps),
      endOtherSessions: sessions.length > 1 ? visit.form('/account/sessions/end-others') : undefined,
      signOut: visit.form('/account/sign-out'),
      notice: notices.find((notice) => notice === memory.notice),
      problem: memory.problem,
    };
    return sendPage(reply, { ...visit, page: accountPage(visit.context, model) });
  });

  const endings: [path: string, end: (visit: AccountVisit) => Promise<unknown>][] = [
    ['/account/sessions/end', ({ user, text }) => interactions.endSession(user.id, text('session'))],
    ['/account/sessions/end-others', ({ user, id }) => interactions.endSessions(user.id, { except: id })],
  ];
  for (const [endingPath, end] of endings) {
    app.post(endingPath, async (request, reply) => {
      const visit = await openAccount(request, deps);
      return answerForm(reply, visit, deps, {
        page: { path },
        notice: 'session-ended',
        async act() {
          await end(visit);
          return visit.url(path);
        },
      });
    });
  }

  app.post('/account/sign-out', async (request, reply) => {
    const visit = await openAccount(request, deps);
    await interactions.endSession(visit.user.id, visit.id);
    return reply.redirect(visit.url('/account/signed-out'), 303);
  });

  app.get('/account/signed-out', async (request, reply) => {
    const context = pageContext(await readLook(deps), {
      platform,
      uiLocales: parseLocales(reader(request.query)('ui_locales')),
      acceptLanguage: request.headers['accept-language'],
    });
    return sendPage(reply, { context, page: messagePage(context, { message: 'signed-out' }) });
  });
}

async function factsOf(visit: AccountVisit, deps: PageDeps): Promise<Pick<AccountPage, Facts>> {
  const { user, policy, center, url } = visit;
  const { name, username, hasPassword } = user;
  const sees = (field: AccountField) => controlOf(center, field) !== 'Off';
  const linkTo = (field: AccountField, path: string) => (controlOf(center, field) === 'Edit' ? url(path) : undefined);
  const live = await deps.connectors.liveChannels();
  const reached = codeIdentifiers.map((type) => {
    const [field, path] = [userField[type], `/account/${type}`];
    const value = user[field];
    // Where nothing could send a code, nobody is asked for what it would go to.
    const isShown = sees(type) && (value !== null || live.includes(channelOf[type]));
    const isRemovable = value !== null && canSignIn(policy, { ...user, [field]: null }, live);
    return {
      value: isShown ? value : undefined,
      change: linkTo(type, path),
      remove: isRemovable ? linkTo(type, `${path}/remove`) : undefined,
    };
  });
  const [phone, email] = reached;
  const [otherPhones, otherEmails] = [await othersOf(visit, deps, 'phone'), await othersOf(visit, deps, 'email')];
  const { authenticators } = deps.account;
  const [mayHaveApp, app] = [await authenticators.mayHave(), sees('mfa') && (await authenticators.find(visit.access))];
  return {
    name: sees('name') ? name : null,
    username: sees('username') ? username : null,
    phone: phone?.value,
    email: email?.value,
    otherPhones: otherPhones.others,
    otherEmails: otherEmails.others,
    hasPassword: sees('password') ? hasPassword : undefined,
    hasSecondStep: sees('mfa') ? await secondStepOf(visit, deps) : undefined,
    authenticatorSince: sees('mfa') && (mayHaveApp || app) ? (app ? app.createdAt : null) : undefined,
    backupCodes: sees('mfa') ? await backupCodesOf(visit, deps) : undefined,
    links: {
      // Nobody has another one before the first.
      addPhone: phone?.value ? otherPhones.add : undefined,
      addEmail: email?.value ? otherEmails.add : undefined,
      changePhone: phone?.change,
      removePhone: phone?.remove,
      changeEmail: email?.change,
      removeEmail: email?.remove,
      changePassword: linkTo('password', '/account/password'),
      changeSecondStep: linkTo('mfa', '/account/second-step'),
      changeAuthenticator: mayHaveApp ? linkTo('mfa', authenticatorPath) : undefined,
      removeAuthenticator: app ? linkTo('mfa', `${authenticatorPath}/remove`) : undefined,
      changeBackupCodes: linkTo('mfa', '/account/backup-codes'),
    },
  };
}

type Facts =
  | 'name'
  | 'username'
  | 'phone'
  | 'email'
  | 'otherPhones'
  | 'otherEmails'
  | 'hasPassword'
  | 'hasSecondStep'
  | 'authenticatorSince'
  | 'backupCodes'
  | 'links';
