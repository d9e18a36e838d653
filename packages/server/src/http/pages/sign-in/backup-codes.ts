import { backupCodePage, backupCodesPage, backupCodesTherePage } from '@sesame/pages';
import type { Verification } from '../../../sign-in/verification-row.ts';
import type { AppInstance } from '../../app-instance.ts';
import { answerForm } from '../parts/answer-form.ts';
import { recall } from '../parts/form-memory.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import { FormProblem, isRefusal } from '../parts/problems.ts';
import { sendPage } from '../parts/send-page.ts';
import { type FlowVisit, openFlow } from './flow-visit.ts';
import { finish, secondStepPath, shownCodesPath } from './go-on.ts';

const usePath = `${secondStepPath}/backup-code`;
const start = '/sign-in';

/** Where a backup code is taken in place of a second code; nowhere where there is none. */
export async function backupCodeUrl(
  { access, url }: FlowVisit,
  { signInFlows }: PageDeps,
): Promise<string | undefined> {
  return (await signInFlows.backupCodes.left(access)) > 0 ? url(usePath) : undefined;
}

/** `/sign-in/second-step/backup-code` takes one, `…/backup-codes` shows new ones. */
export function signInBackupCodes(app: AppInstance, deps: PageDeps): void {
  using(app, deps);
  showing(app, deps);
}

function using(app: AppInstance, deps: PageDeps): void {
  app.get(usePath, async (request, reply) => {
    const visit = await openFlow(request, reply, deps);
    // Where it is not known who it is, there is nothing to take a code for.
    const here = await backupCodeUrl(visit, deps).catch(unlessRefused);
    if (here === undefined) return reply.redirect(visit.url(secondStepPath), 303);
    const page = backupCodePage(visit.context, {
      form: visit.form(usePath),
      links: { back: visit.url(secondStepPath) },
      problem: recall(request, visit, { path: usePath, ...deps.settings }).problem,
    });
    return sendPage(reply, { ...visit, page });
  });

  app.post(usePath, async (request, reply) => {
    const visit = await openFlow(request, reply, deps);
    const { access, client, text, keepKey } = visit;
    return answerForm(reply, visit, deps, {
      page: { path: usePath },
      startAgain: { path: start },
      async act() {
        const isUsed = (one: Verification) =>
          one.type === 'backup-code' && one.userId === visit.flow.userId && one.verifiedAt !== undefined;
        // Told twice, for example by a double click, it is used up once.
        if (!visit.flow.verifications.some(isUsed)) {
          if (text('backup').trim() === '') throw new FormProblem('backup-wrong');
          keepKey((await deps.signInFlows.backupCodes.verify(access, { code: text('backup'), client })).key);
        }
        return finish(visit, deps);
      },
    });
  });
}

function showing(app: AppInstance, deps: PageDeps): void {
  app.get(shownCodesPath, async (request, reply) => {
    const visit = await openFlow(request, reply, deps);
    // Those of each load are good, if that is the page whose form is sent.
    const made = await deps.signInFlows.backupCodes.generate(visit.access).catch(unlessThere).catch(unlessRefused);
    if (!made) return reply.redirect(visit.url(secondStepPath), 303);
    if (made === there) {
      const page = backupCodesTherePage(visit.context, { form: visit.form(shownCodesPath) });
      return sendPage(reply, { ...visit, page });
    }
    const page = backupCodesPage(visit.context, {
      codes: made.codes,
      form: visit.form(shownCodesPath, { verification: made.id }),
      replaces: false,
      links: {},
      problem: recall(request, visit, { path: shownCodesPath, ...deps.settings }).problem,
    });
    return sendPage(reply, { ...visit, page });
  });

  app.post(shownCodesPath, async (request, reply) => {
    const visit = await openFlow(request, reply, deps);
    const { access, text, keepKey } = visit;
    return answerForm(reply, visit, deps, {
      page: { path: shownCodesPath },
      startAgain: { path: start },
      async act() {
        const shown = text('verification');
        if (shown === '') return finish(visit, deps);
        const kept = deps.signInFlows.backupCodes.keep(access, shown).catch(unlessThere);
        const key = await kept.catch((error: unknown) => {
          throw isRefusal(error, 'session.verification_session_not_found') ? new FormProblem('backup-over') : error;
        });
        if (key === there) return visit.url(shownCodesPath);
        keepKey(key);
        return finish(visit, deps);
      },
    });
  });
}

/** That the account has codes, which another sign-in may have shown. */
const there = Symbol('there');

function unlessThere(error: unknown): typeof there {
  if (isRefusal(error, 'user.backup_code_already_in_use')) return there;
  throw error;
}

/** What `catch` makes of a refusal of what is shown: the page that leads on says what is the matter. */
export function unlessRefused(error: unknown): undefined {
  const isHere = isRefusal(
    error,
    'session.invalid_interaction_type',
    'session.identifier_not_found',
    'session.verification_failed',
    'session.verification_session_not_found',
    'session.mfa.require_mfa_verification',
    'session.mfa.mfa_factor_not_enabled',
    'session.mfa.backup_code_can_not_be_alone',
    'account_center.field_not_editable',
    'user.totp_already_in_use',
  );
  if (!isHere) throw error;
}
