import type { Terminal } from '../terminal.ts';
import { withAdministrators } from './administrators-context.ts';
import { listAdministrators } from './list.ts';
import { removeAdministrator } from './remove.ts';
import { resetAdministrator } from './reset.ts';

/** Runs `sesame administrators list`, `reset` or `remove`. @throws CommandError, ConfigError */
export function runAdministratorsCommand(command: string, which: string, terminal: Terminal): Promise<void> {
  return withAdministrators(terminal, (context) => {
    if (command === 'reset') return resetAdministrator(which, context);
    if (command === 'remove') return removeAdministrator(which, context);
    return listAdministrators(context);
  });
}
