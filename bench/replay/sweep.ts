import { parseArgs } from 'node:util';
import type { BudgetView, Ledger } from '../../packages/server/src/store/guard-budgets.ts';
import type { GuardBudgetsTable } from '../../packages/server/src/store/tables/guard.ts';
import { elsewhere, elsewhereNames } from '../traces/elsewhere.ts';
import { rowNames, type Varied, varied } from '../traces/varied.ts';
import { openPolicy } from './policy.ts';
import { createReplayOn, type Outcome } from './replay.ts';

/*
 * Many traces, each another, by the decisions of the guard with budgets in memory; for each row the worst that was seen,
 * and how many missed what is wanted.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '30' },
    from: { type: 'string', default: '1' },
    set: { type: 'string', default: 'varied' },
    rows: { type: 'string' },
    all: { type: 'boolean', default: false },
  },
});
const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => Number(values.from) + index);

function newLedger(): Ledger {
  const rows = new Map<string, GuardBudgetsTable>();
  const view: BudgetView = { get: (scope) => rows.get(scope), set: (row) => void rows.set(row.scope, row) };
  return async (_, work) => work(view);
}

/** What is wanted: messages of the attack, and shares. */
const wanted: Record<string, Partial<Record<keyof Figures, number>>> = {
  quiet: { refused: 0.001, checked: 0.02 },
  'new country': { refused: 0.001 },
  launch: { refused: 0.001 },
  outage: { refused: 0.005 },
  'one block': { messages: 10, refused: 0.005 },
  'one block where people live': { messages: 20, refused: 0.005 },
  concentrated: { sent: 0.015, refused: 0.005 },
  // Nothing is wanted of these: see docs/protection.md.
  'spread, bots pass one in five': { sent: 1, refused: 1 },
  'a product that is new': { sent: 1, refused: 1 },
  'never served': { sent: 0.01, refused: 0.005 },
  'quiet, behind few addresses': { refused: 0.001, checked: 0.02 },
  'a country newly opened': { refused: 0.001 },
  'an operator down': { refused: 0.005 },
  'a block': { messages: 10, refused: 0.005 },
  'a block where people live': { messages: 20, refused: 0.005 },
  'a few blocks': { sent: 0.015, refused: 0.005 },
  'a country nobody is served in': { sent: 0.01, refused: 0.005 },
  'a product begun': { sent: 1, refused: 1 },
};
const ofSpread = { sent: 0.06, refused: 0.005 };

type Figures = { messages: number; sent: number; refused: number; checked: number };

async function figuresOf({ events, country }: Varied): Promise<Figures> {
  const replay = createReplayOn(newLedger(), openPolicy);
  for (const event of events) await replay.run(event);
  const outcomes = replay.outcomes();
  const of = (kind: Outcome['kind'], where?: string) => {
    const these = outcomes.filter((one) => one.kind === kind && (where === undefined || one.country === where));
    const sum = (key: 'asked' | 'sent' | 'refused' | 'checked') => these.reduce((total, one) => total + one[key], 0);
    const asked = Math.max(1, sum('asked'));
    return {
      messages: sum('sent'),
      sent: sum('sent') / asked,
      refused: sum('refused') / asked,
      checked: sum('checked') / asked,
    };
  };
  const [people, attack] = [of('person', country), of('attack')];
  return { messages: attack.messages, sent: attack.sent, refused: people.refused, checked: people.checked };
}

const inPercent = (share: number) => `${(100 * share).toFixed(2)} %`;
let count = 0;
const began = performance.now();
const isVaried = values.set === 'varied';
for (const row of values.rows?.split(';') ?? (isVaried ? rowNames : elsewhereNames)) {
  const goals = wanted[row] ?? ofSpread;
  const seen: { made: string; figures: Figures; missed: boolean }[] = [];
  for (const seed of seeds) {
    const trace = isVaried ? varied(row as never, seed) : elsewhere(row as never, seed);
    count += trace.events.length;
    const figures = await figuresOf(trace);
    const missed = Object.entries(goals).some(([name, most]) => figures[name as keyof Figures] > most);
    seen.push({ made: trace.made, figures, missed });
    if (values.all || missed)
      process.stdout.write(`    ${missed ? 'missed' : ''} ${trace.made}: ${JSON.stringify(figures)}\n`);
  }
  const worst = (name: keyof Figures) => Math.max(...seen.map(({ figures }) => figures[name]));
  const shown = Object.keys(goals).map((name) => {
    const most = worst(name as keyof Figures);
    return `${name} ${name === 'messages' ? most : inPercent(most)}`;
  });
  process.stdout.write(
    `${row.padEnd(32)} ${shown.join('  ').padEnd(40)} missed ${seen.filter(({ missed }) => missed).length} of ${seen.length}\n`,
  );
}
process.stdout.write(`${count} events, ${Math.round(count / ((performance.now() - began) / 1000))}/s\n`);
