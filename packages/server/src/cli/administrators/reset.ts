import { type AdministratorsContext, findNamed } from './administrators-context.ts';

/** `sesame administrators reset`: a link by which the administrator chooses a new password. @throws CommandError */
export async function resetAdministrator(which: string, context: AdministratorsContext): Promise<void> {
  const { passwordLinks, record, publicUrl, print } = context;
  const administrator = await findNamed(which, context);
  const { token } = await passwordLinks.open(administrator.id);
  await record('administrator.open-password-link', administrator);
  print(`With this link ${administrator.username} chooses a new password; it works once, for 30 minutes:`);
  print(`  ${publicUrl}/console/new-password?token=${token}`);
  print('Until it is used the old password and the sessions go on. An earlier link works no more.');
}
