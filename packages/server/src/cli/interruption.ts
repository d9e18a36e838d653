import { CommandError } from './command-error.ts';

const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Lets a command clean up when it is interrupted. A second signal, whichever it is, ends the process. */
export function onInterruption(): AbortSignal {
  const controller = new AbortController();
  const interrupt = () => {
    for (const name of names) process.removeListener(name, interrupt);
    controller.abort(new CommandError('Interrupted. Nothing was changed, nothing is left.'));
  };
  for (const name of names) process.on(name, interrupt);
  return controller.signal;
}
