import type { MigrationStep } from './store/migrations/index.ts';

/** How long a step may take before the person at the terminal is told of it, in milliseconds. */
const patienceMs = 1_000;

export type StartProgress = ReturnType<typeof createStartProgress>;

/** Says what a start is doing, from when it has lasted for a second. */
export function createStartProgress({ now, print }: { now: () => number; print: (line: string) => void }) {
  const began = now();
  let timer: NodeJS.Timeout | undefined;
  return {
    /** A step begins, and the one before is over; `what` goes on with "Starting:". */
    begin(what: string): void {
      clearTimeout(timer);
      const say = () => print(`Starting: ${what} …\n`);
      // Steps that keep the process busy let no timer fire.
      if (now() - began >= patienceMs) say();
      else timer = setTimeout(say, began + patienceMs - now());
    },

    /** All is over, one way or another. */
    end: (): void => clearTimeout(timer),
  };
}

/** A migration as a step of the start. */
export const describeMigration = ({ name, number, of, isNew }: MigrationStep): string =>
  `${isNew ? 'making the tables' : 'bringing the tables up to date'}, ${number} of ${of} (${name.slice(5).replaceAll('-', ' ')})`;
