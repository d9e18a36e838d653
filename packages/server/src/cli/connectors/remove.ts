import { CommandError } from '../command-error.ts';
import type { CommandContext } from './command-context.ts';
import { installedPackages } from './installed-packages.ts';
import { lookAtConnectors, type ShownConnector } from './look-at-connectors.ts';
import { npm } from './npm.ts';
import { changeFolder } from './staged-change.ts';
import { removeUnusedTarballs } from './unused-tarballs.ts';

/** `sesame connectors remove`: by the name of the package or the id of the connector. @throws CommandError */
export async function removeConnector(which: string, context: CommandContext): Promise<void> {
  const { folder, connectorsDir, env, print } = context;
  const { connectors } = await lookAtConnectors(folder, connectorsDir);
  const found = connectors.filter((one) => one.package === which || one.id === which);
  const connector = found.find(({ location }) => location === 'data-folder');
  const name = connector?.package ?? which;
  if (!Object.hasOwn(await installedPackages(folder), name)) throw new CommandError(notInstalled(which, found));
  await changeFolder(folder, async (copy) => {
    await npm(['uninstall', name, '--save', '--package-lock=true'], { folder: copy, env });
    await removeUnusedTarballs(copy);
  });
  print(`Removed ${name}.`);
  if (connector?.replacesBuiltIn) print('The built-in connector with the same id is back after a restart of Sesame.');
  else
    print('Restart Sesame. Configurations of the connector stay among the previous ones, and need it to be restored.');
}

function notInstalled(which: string, found: ShownConnector[]): string {
  if (found.length > 0)
    return `${which} is in SESAME_CONNECTORS_DIR, where Sesame only reads. Delete its folder there.`;
  return `${which} is not installed. To see what is: npx sesame connectors list`;
}
