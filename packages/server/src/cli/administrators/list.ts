import type { ListedAdministrator } from '../../admin/colleagues.ts';
import type { AdministratorsContext } from './administrators-context.ts';

/** `sesame administrators list`: who there is, and when each last signed in. */
export async function listAdministrators({ colleagues, print }: AdministratorsContext): Promise<void> {
  const all = await colleagues.list();
  if (all.length === 0)
    print('There is no administrator yet. Each start of Sesame prints a link to make the first one.');
  for (const administrator of all) print(describe(administrator));
}

function describe({ id, username, role, twoStepSince, lastSignInAt }: ListedAdministrator): string {
  const time = lastSignInAt === null ? 'none is known' : `${new Date(lastSignInAt).toISOString().slice(0, 16)}Z`;
  const steps = twoStepSince === null ? '' : ', two-step sign-in';
  return `${username}  ${id}  ${role}${steps}  (last sign-in: ${time})`;
}
