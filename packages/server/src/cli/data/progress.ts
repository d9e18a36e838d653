import type { Phase, Progress } from '../../store/copy/progress.ts';

const everyMs = 5_000;
const inProgress: Record<Phase, string> = { Copied: 'Copying', Compared: 'Comparing', Checked: 'Checking' };

const numbers = new Intl.NumberFormat('en');
export const grouped = (count: number): string => numbers.format(count);

/** Says what begins, and every five seconds how far it is. @param now milliseconds of any clock */
export function createProgress({ now, print }: { now: () => number; print: (line: string) => void }): Progress {
  return {
    async begin(phase, { source, tables }) {
      let total = 0;
      for (const table of tables) total += await source.estimate(table);
      print(`${inProgress[phase]} ${tables.length} tables …`);
      const begun = now();
      let told = begun;
      let done = 0;
      return (table, rows) => {
        done += rows;
        const at = now();
        if (at - told < everyMs) return;
        told = at;
        print(lineOf({ phase, table: table.name, done, total, seconds: (at - begun) / 1000 }));
      };
    },
  };
}

type State = { phase: Phase; table: string; done: number; total: number; seconds: number };

function lineOf({ phase, table, done, total, seconds }: State): string {
  const perSecond = done / seconds;
  // PostgreSQL only estimates how many rows there are.
  const whole = total > done ? ` of about ${grouped(total)}, ${Math.floor((done / total) * 100)} %` : '';
  const left = total > done ? `, ${durationOf((total - done) / perSecond)} left` : '';
  return `${phase} ${grouped(done)} rows${whole} (now ${table}), ${grouped(Math.round(perSecond))} a second${left}`;
}

function durationOf(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes > 0 ? `${minutes} min ${Math.ceil(seconds % 60)} s` : `${Math.ceil(seconds)} s`;
}
