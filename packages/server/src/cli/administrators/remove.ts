import { CommandError } from '../command-error.ts';
import { type AdministratorsContext, findNamed } from './administrators-context.ts';

/** `sesame administrators remove`: ends the sessions as well. @throws CommandError */
export async function removeAdministrator(which: string, context: AdministratorsContext): Promise<void> {
  const { colleagues, record, print } = context;
  const administrator = await findNamed(which, context);
  const { id, username } = administrator;
  if (!(await colleagues.deleteUnlessLast(id))) {
    throw new CommandError(
      `${username} is the only owner left, and one has to stay. For a new password: npx sesame administrators reset ${username}`,
    );
  }
  await record('administrator.delete', administrator);
  print(`Removed ${username} and ended the sessions.`);
}
