import { parseArgs } from 'node:util';

/** What a run measures, and for how long. */
export type Options = {
  /** For each figure in each round. */
  seconds: number;
  rounds: number;
  /** Messages in the databases that are full; 0 leaves those out. */
  rows: number;
  postgres: boolean;
  /** How many processes share one PostgreSQL, beside the one. */
  processes: readonly number[];
  /** How long sends and checks go on before memory is looked at again; 0 leaves that out. */
  loadSeconds: number;
  /** Whether what was measured replaces what stands in docs/benchmark.md and docs/scaling.md. */
  record: boolean;
};

const usage = `npm run bench -- [options]
  --seconds N         for each figure in each round (0.7)
  --rounds N          in which the servers take turns (3)
  --rows N            messages in the databases that are full, 0 for none (100000)
  --no-postgres       SQLite alone
  --processes N,N     how many processes share one PostgreSQL (2,4)
  --load-seconds N    of sends and checks before memory is looked at again, 0 for none (20)
  --record            put what was measured into docs/benchmark.md and docs/scaling.md, too
`;

/** Reads the command line; says how it goes and ends the process where that cannot be followed. */
export function readOptions(args: readonly string[]): Options {
  try {
    return parse(args);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${usage}`);
    return process.exit(2);
  }
}

function parse(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    allowNegative: true,
    options: {
      seconds: { type: 'string', default: '0.7' },
      rounds: { type: 'string', default: '3' },
      rows: { type: 'string', default: '100000' },
      postgres: { type: 'boolean', default: true },
      processes: { type: 'string', default: '2,4' },
      'load-seconds': { type: 'string', default: '20' },
      record: { type: 'boolean', default: false },
    },
  });
  return {
    seconds: numberOf('--seconds', values.seconds, { above: 0, most: 60 }),
    rounds: wholeOf('--rounds', values.rounds, { above: 0, most: 60 }),
    rows: wholeOf('--rows', values.rows, { above: -1, most: 4e7 }),
    postgres: values.postgres,
    processes: values.processes
      .split(',')
      .filter((text) => text !== '')
      .map((text) => wholeOf('--processes', text, { above: 1, most: 16 })),
    loadSeconds: numberOf('--load-seconds', values['load-seconds'], { above: -1, most: 3_600 }),
    record: values.record,
  };
}

type Range = { above: number; most: number };

function numberOf(name: string, text: string, { above, most }: Range): number {
  const value = Number(text);
  if (text.trim() !== '' && value > above && value <= most) return value;
  throw new Error(`${name} takes a number up to ${most}, not ${text}.`);
}

function wholeOf(name: string, text: string, range: Range): number {
  const value = numberOf(name, text, range);
  if (Number.isInteger(value)) return value;
  throw new Error(`${name} takes a whole number, not ${text}.`);
}
