/** A figure, and what it may be at most. */
export type Budget = { says: string; unit: 'MB' | 'kB' | 'ms' | '×'; atMost: number };

/** What is there: the same figures on every machine, which the tests hold to their budgets, too. Units are decimal. */
export const sizeBudgets = {
  packages: { says: 'packages that running needs, Node among them', unit: 'MB', atMost: 250 },
  consoleFirstLoad: { says: 'what the first page of the Console loads, compressed', unit: 'kB', atMost: 250 },
  consoleLargestPart: { says: 'the largest part that it loads later, compressed', unit: 'kB', atMost: 120 },
  pagesScript: { says: 'script of the hosted pages', unit: 'kB', atMost: 12 },
  pagesStylesheet: { says: 'stylesheet of the hosted pages', unit: 'kB', atMost: 16 },
} as const satisfies Record<string, Budget>;

/**
 * What running takes. CPU is compared with the bare route with grouped commits in the same run, so that it says the same
 * on a slow machine, and both are hot: the first thousands of requests of a process cost up to twice as much, while V8
 * compiles. Memory and start are those of this machine.
 */
export const runBudgets = {
  sendCpu: { says: 'CPU of a send without a provider, to the bare route', unit: '×', atMost: 2.5 },
  providerSendCpu: { says: 'CPU of a send with a provider over HTTP, to the bare route', unit: '×', atMost: 4 },
  checkCpu: { says: 'CPU of a check, to the bare route', unit: '×', atMost: 4 },
  start: { says: 'start with an empty folder', unit: 'ms', atMost: 1_000 },
  idleMemory: { says: 'memory idle', unit: 'MB', atMost: 100 },
  loadedMemory: { says: 'memory after sends and checks', unit: 'MB', atMost: 200 },
} as const satisfies Record<string, Budget>;

/** Figures by the names of their budgets; not a number where this machine cannot tell. */
export type Figures<B extends Record<string, Budget>> = Record<keyof B, number>;

/** One line for each budget, and the names of those that are broken. */
export function judge<B extends Record<string, Budget>>(budgets: B, figures: Figures<B>) {
  const lines = Object.entries(budgets).map(([name, { says, unit, atMost }]) => {
    const is = figures[name as keyof B];
    const verdict = Number.isNaN(is) ? 'not measured' : is <= atMost ? 'kept' : '**broken**';
    return `| ${says} | ${Number.isNaN(is) ? '–' : `${is.toFixed(unit === '×' ? 2 : 1)} ${unit}`} | ${atMost} ${unit} | ${verdict} |`;
  });
  const broken = Object.entries(budgets)
    .filter(([name, { atMost }]) => figures[name as keyof B] > atMost)
    .map(([name]) => name);
  return { lines, broken };
}
