import type { AccountPage } from '@sesame/pages';
import { controlOf } from '../../../experience/account-center.ts';
import type { AppInstance } from '../../app-instance.ts';
import { answerForm } from '../parts/answer-form.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import { type AccountVisit, openAccount } from './account-visit.ts';
import { deviceOf } from './device.ts';

const path = '/account/trusted-browsers/end';

/** The browsers that a user trusts, as the account page shows them. */
export async function trustedBrowsersOf(
  { access, center, form }: AccountVisit,
  { account }: PageDeps,
): Promise<AccountPage['trustedBrowsers']> {
  const control = controlOf(center, 'trustedDevice');
  if (control === 'Off') return [];
  const devices = await account.trustedDevices.list(access);
  return devices.map(({ id, userAgent, expiresAt, isCurrent }) => ({
    ...deviceOf(userAgent ?? ''),
    trustedUntil: expiresAt,
    isCurrent,
    end: control === 'Edit' ? form(path, { browser: id }) : undefined,
  }));
}

/** `/account/trusted-browsers/end` */
export function accountTrustedDevices(app: AppInstance, deps: PageDeps): void {
  app.post(path, async (request, reply) => {
    const visit = await openAccount(request, deps, 'trustedDevice');
    return answerForm(reply, visit, deps, {
      page: { path: '/account' },
      notice: 'trust-ended',
      async act() {
        await deps.account.trustedDevices.end(visit.access, visit.text('browser'));
        return visit.url('/account');
      },
    });
  });
}
