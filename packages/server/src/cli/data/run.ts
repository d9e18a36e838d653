import { parseArgs } from 'node:util';
import { CommandError } from '../command-error.ts';
import type { Terminal } from '../terminal.ts';
import { backUp } from './backup.ts';
import { changeSecretKey } from './change-key.ts';
import type { DataContext } from './data-context.ts';
import { failureOf } from './failure.ts';
import { move } from './move.ts';
import { createProgress } from './progress.ts';
import { restore } from './restore.ts';

/** Runs `sesame move`, `backup`, `restore` or `change-key`. @throws CommandError, ConfigError */
export async function runDataCommand(words: readonly string[], terminal: Terminal): Promise<void> {
  const run = commandOf(words);
  const { env, cwd, print } = terminal;
  const signal = terminal.interruption?.();
  try {
    await run({ env, cwd, print, signal, progress: createProgress({ now: () => performance.now(), print }) });
  } catch (error) {
    throw failureOf(error, signal);
  }
}

type Run = (context: DataContext) => Promise<void>;

function commandOf([command = '', ...args]: readonly string[]): Run {
  try {
    if (command === 'move') {
      const { values } = parseArgs({ args, options: { from: { type: 'string' }, to: { type: 'string' } } });
      return (context) => move(values, context);
    }
    if (command === 'change-key') {
      const { values } = parseArgs({ args, options: { to: { type: 'string' } } });
      return (context) => changeSecretKey(values, context);
    }
    if (command === 'restore') {
      const file = fileOf(parseArgs({ args, allowPositionals: true }).positionals);
      return (context) => restore(file, context);
    }
    const options = { 'with-key': { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
    const file = fileOf(positionals);
    return (context) => backUp({ file, withKey: values['with-key'] }, context);
  } catch (error) {
    throw new CommandError(`${(error as Error).message} For example: npx sesame ${examples[command]}`);
  }
}

const examples: Record<string, string> = {
  move: 'move --from data --to postgres://sesame@localhost/sesame',
  backup: 'backup sesame.db --with-key',
  restore: 'restore sesame.db',
  'change-key': 'change-key --to new.key',
};

function fileOf([file, ...more]: readonly string[]): string {
  if (file === undefined || file === '' || more.length > 0) throw new Error('Name one file.');
  return file;
}
