import { CommandError } from './command-error.ts';

/** Lets a command clean up when it is interrupted. A second signal ends the process. */
export function onInterruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(name, () => controller.abort(new CommandError('Interrupted. Nothing was changed, nothing is left.')));
  }
  return controller.signal;
}
