import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError, readConfig } from '../config.ts';
import { addConnector } from './connectors/add.ts';
import { type CommandContext, CommandError } from './connectors/command-context.ts';
import { listConnectors } from './connectors/list.ts';
import { removeConnector } from './connectors/remove.ts';

/** What a command takes from outside. */
export type Terminal = {
  env: Readonly<Record<string, string | undefined>>;
  /** Where the command was called. */
  cwd: string;
  print: (line: string) => void;
  /** For what went wrong. */
  complain: (line: string) => void;
};

const help = `Usage: npx sesame connectors <command>

  add <package[@version] | folder | tarball>   Install a connector, exact versions, no install scripts
  list                                         List the installed connectors
  remove <package | connector id>              Remove an installed connector
  new <name>                                   Make a folder with a connector of your own to start from

A folder or tarball is a path: ./my-gateway, ../my-gateway-1.0.0.tgz. Connectors are installed in the folder
"connectors" of the data folder (SESAME_DATA_DIR). Restart Sesame after a change.`;

/** The folder of the repository: what relative settings start from, as `npm start` does. */
const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** Runs one command. @returns the exit code: 0 done, 1 it failed and said why, 2 nobody knows what is meant */
export async function runCommand(words: readonly string[], terminal: Terminal): Promise<number> {
  const [topic, command, argument, ...rest] = words.filter((word) => word !== '--help' && word !== '-h');
  const isAskedForHelp = words.length === 0 || words.includes('--help') || words.includes('-h') || topic === 'help';
  if (isAskedForHelp) {
    terminal.print(help);
    return 0;
  }
  const run = topic === 'connectors' && rest.length === 0 ? commandOf(command, argument) : undefined;
  if (!run) {
    terminal.complain(`Sesame does not understand "sesame ${words.join(' ')}".\n\n${help}`);
    return 2;
  }
  try {
    await run(contextOf(terminal));
    return 0;
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === undefined) throw error;
    terminal.complain(reason);
    return 1;
  }
}

/** What to tell of an error; a fault of Sesame itself has no reason. */
function reasonOf(error: unknown): string | undefined {
  if (error instanceof CommandError || error instanceof ConfigError) return error.message;
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (!syscall || !path) return undefined;
  return `${path} cannot be read or written (${code}). Run the command as the user that Sesame runs as.`;
}

function commandOf(command = '', argument?: string): ((context: CommandContext) => Promise<void>) | undefined {
  if (argument === undefined) return command === 'list' ? listConnectors : undefined;
  if (command === 'add') return (context) => addConnector(argument, context);
  if (command === 'remove') return (context) => removeConnector(argument, context);
  if (command === 'new') return (context) => makeConnector(argument, context);
  return undefined;
}

/** Loaded for itself: it needs what the others do not. */
async function makeConnector(name: string, { cwd, print }: CommandContext): Promise<void> {
  const { newConnector } = await import('./new-connector.ts');
  await newConnector({ name, folder: cwd, print }).catch((error: Error) => {
    throw new CommandError(error.message);
  });
}

function contextOf({ env, cwd, print }: Terminal): CommandContext {
  const { dataDir, connectorsDir } = readConfig(env);
  return {
    folder: resolve(root, dataDir, 'connectors'),
    connectorsDir: connectorsDir && resolve(root, connectorsDir),
    cwd,
    env,
    print,
  };
}
