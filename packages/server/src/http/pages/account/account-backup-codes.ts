import { type AccountPage, backupCodesPage } from '@sesame/pages';
import { fewBackupCodes } from '../../../accounts/backup-codes.ts';
import type { AppInstance } from '../../app-instance.ts';
import { answerForm } from '../parts/answer-form.ts';
import { recall } from '../parts/form-memory.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import { FormProblem, isRefusal } from '../parts/problems.ts';
import { sendPage } from '../parts/send-page.ts';
import { verifyFirst } from './account-verify.ts';
import { type AccountVisit, openAccount, proofOfPerson } from './account-visit.ts';

const path = '/account/backup-codes';
/** After codes that were kept too late: it shows others. */
const againPath = `${path}/again`;

/** The codes that a user has; undefined where there cannot be any. */
export async function backupCodesOf(
  { access }: AccountVisit,
  { account: { backupCodes } }: PageDeps,
): Promise<AccountPage['backupCodes']> {
  if (!(await backupCodes.mayHave(access.userId))) return undefined;
  const left = (await backupCodes.find(access))?.left ?? 0;
  return { left, isFew: left <= fewBackupCodes };
}

/** `/account/backup-codes`: new ones, which count once they are kept. */
export function accountBackupCodes(app: AppInstance, deps: PageDeps): void {
  for (const at of [path, againPath]) {
    app.get(at, async (request, reply) => {
      const { backupCodes } = deps.account;
      const visit = await openAccount(request, deps, 'mfa');
      if (!(await backupCodes.mayHave(visit.user.id))) return reply.redirect(visit.url('/account'), 303);
      const detour = verifyFirst(visit, 'change-backup-codes');
      if (detour !== undefined) return reply.redirect(detour, 303);
      const { id, codes } = await backupCodes.show(visit.access);
      const { problem } = recall(request, visit, { path, ...deps.settings });
      const page = backupCodesPage(visit.context, {
        codes,
        form: visit.form(path, { verification: id }),
        replaces: ((await backupCodes.find(visit.access))?.left ?? 0) > 0,
        links: { back: visit.url('/account') },
        problem: problem ?? (at === againPath ? { reason: 'backup-over' } : undefined),
      });
      return sendPage(reply, { ...visit, page });
    });
  }

  app.post(path, async (request, reply) => {
    const visit = await openAccount(request, deps, 'mfa');
    const detour = verifyFirst(visit, 'keep-backup-codes');
    if (detour !== undefined) return reply.redirect(detour, 303);
    return answerForm(reply, visit, deps, {
      page: { path },
      notice: 'backup-codes-kept',
      async act() {
        const kept = deps.account.backupCodes.keep(visit.access, visit.text('verification'), proofOfPerson(visit)?.id);
        await kept.catch((error: unknown) => {
          throw isRefusal(error, 'verification_record.not_found') ? new FormProblem('backup-over') : error;
        });
        return visit.url('/account');
      },
    });
  });
}
