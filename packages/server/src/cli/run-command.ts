import { resolve } from 'node:path';
import { ConfigError, readConfig } from '../config.ts';
import { CommandError } from './command-error.ts';
import { addConnector } from './connectors/add.ts';
import type { CommandContext } from './connectors/command-context.ts';
import { listConnectors } from './connectors/list.ts';
import { removeConnector } from './connectors/remove.ts';
import { root } from './root.ts';
import type { Terminal } from './terminal.ts';

const help = `Usage: npx sesame connectors <command>

  add <package[@version] | folder | tarball>   Install a connector, exact versions, no install scripts
  list                                         List the installed connectors
  remove <package | connector id>              Remove an installed connector
  new <name>                                   Make a folder with a connector of your own to start from

A folder or tarball is a path: ./my-gateway, ../my-gateway-1.0.0.tgz. Connectors are installed in the folder
"connectors" of the data folder (SESAME_DATA_DIR). Restart Sesame after a change.

       npx sesame administrators <command>

  list                                         List the administrators, with their last sign-ins
  reset <username | id>                        Print a link by which an administrator chooses a new password
  remove <username | id>                       Remove an administrator and end the sessions

       npx sesame import --from firebase|auth0|supabase|clerk|logto|csv <file>

  --dry-run                                    Say what would become of each user, and write nothing
  --upsert                                     Give users who are there already what the file says
  --hash-config <file>                         The password hash parameters of a Firebase project
  --country <code>                             Where numbers without a country code are, for example DE

       npx sesame backup <file> [--with-key]         Write all data to a file, with the secret key or without
       npx sesame restore <file>                     Put it into an empty folder or PostgreSQL
       npx sesame move [--from <folder>] [--to <url>]  Copy a stopped Sesame from its folder into an empty PostgreSQL
       npx sesame change-key [--to <file>]           Give the data of a stopped Sesame another secret key

These work on the database of the settings (SESAME_DATA_DIR or SESAME_DATABASE_URL), while Sesame runs or not.`;

type Command = (terminal: Terminal) => Promise<void>;

/** Runs one command. @returns the exit code: 0 done, 1 it failed and said why, 2 nobody knows what is meant */
export async function runCommand(words: readonly string[], terminal: Terminal): Promise<number> {
  const [topic, command, argument, ...rest] = words.filter((word) => word !== '--help' && word !== '-h');
  const isAskedForHelp = words.length === 0 || words.includes('--help') || words.includes('-h') || topic === 'help';
  if (isAskedForHelp) {
    terminal.print(help);
    return 0;
  }
  const run = commandWithOptions(topic, words) ?? (rest.length === 0 ? commandOf(topic, command, argument) : undefined);
  if (!run) {
    terminal.complain(`Sesame does not understand "sesame ${words.join(' ')}".\n\n${help}`);
    return 2;
  }
  try {
    await run(terminal);
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

function commandOf(topic = '', command = '', argument?: string): Command | undefined {
  if (topic === 'administrators') return administratorsCommand(command, argument);
  const run = topic === 'connectors' ? connectorsCommand(command, argument) : undefined;
  return run && ((terminal) => run(contextOf(terminal)));
}

function connectorsCommand(
  command: string,
  argument?: string,
): ((context: CommandContext) => Promise<void>) | undefined {
  if (argument === undefined) return command === 'list' ? listConnectors : undefined;
  if (command === 'add') return (context) => addConnector(argument, context);
  if (command === 'remove') return (context) => removeConnector(argument, context);
  if (command === 'new') return (context) => makeConnector(argument, context);
  return undefined;
}

/** Loaded for themselves: they need a database, which the others do not. */
function administratorsCommand(command: string, argument?: string): Command | undefined {
  const isKnown = argument === undefined ? command === 'list' : ['reset', 'remove'].includes(command);
  if (!isKnown) return undefined;
  return async (terminal) => {
    const { runAdministratorsCommand } = await import('./administrators/run.ts');
    await runAdministratorsCommand(command, argument ?? '', terminal);
  };
}

/** Loaded for themselves, as those above; they read their words on their own. */
function commandWithOptions(topic = '', words: readonly string[]): Command | undefined {
  if (topic === 'import') {
    return async (terminal) => {
      const { runImportCommand } = await import('./import/run.ts');
      await runImportCommand(words.slice(1), terminal);
    };
  }
  if (!['move', 'backup', 'restore', 'change-key'].includes(topic)) return undefined;
  return async (terminal) => {
    const { runDataCommand } = await import('./data/run.ts');
    await runDataCommand(words, terminal);
  };
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
