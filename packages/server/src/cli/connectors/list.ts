import type { CommandContext } from './command-context.ts';
import { lookAtConnectors, packageOf, type ShownConnector } from './look-at-connectors.ts';

/** `sesame connectors list`: what is installed, and what of it cannot be used. */
export async function listConnectors({ folder, connectorsDir, print }: CommandContext): Promise<void> {
  const { connectors, problems } = await lookAtConnectors(folder, connectorsDir);
  if (connectors.length + problems.length === 0) {
    print('No connectors are installed beside the built-in ones. To add one: npx sesame connectors add <package>');
  }
  for (const connector of connectors) print(describe(connector));
  if (problems.length > 0) print('Cannot be used:');
  for (const problem of problems) print(`  ${packageOf(problem)}: ${problem.reason}`);
}

function describe(connector: ShownConnector): string {
  const { id, name, location, replacesBuiltIn } = connector;
  const notes = [
    ...(replacesBuiltIn ? ['in the place of the built-in one'] : []),
    ...(location === 'connectors-folder' ? ['in SESAME_CONNECTORS_DIR'] : []),
  ];
  return `${id}  ${name}  (${[packageOf(connector), ...notes].join('; ')})`;
}
