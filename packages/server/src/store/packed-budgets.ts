import type { GuardBudgetsTable } from './tables/guard.ts';

/** A row is so many numbers beside its name. */
const width = 15;
const roomAtFirst = 64;

/**
 * Budgets in memory, by their names. Thousands of rows that wait for their table would be copied by the garbage collector
 * time and again, and by that cost more than all the rest of the guard: so they are numbers in one block.
 */
export function packedBudgets() {
  const places = new Map<string, number>();
  let cells = new Float64Array(roomAtFirst * width);

  function placeOf(scope: string): number {
    const known = places.get(scope);
    if (known !== undefined) return known;
    const place = places.size * width;
    places.set(scope, place);
    if (place === cells.length) {
      const before = cells;
      cells = new Float64Array(2 * before.length);
      cells.set(before);
    }
    return place;
  }

  return {
    size: () => places.size,
    has: (scope: string): boolean => places.has(scope),
    scopes: (): Iterable<string> => places.keys(),

    get(scope: string): GuardBudgetsTable | undefined {
      const place = places.get(scope);
      return place === undefined ? undefined : unpack(scope, cells, place);
    },

    set(budget: GuardBudgetsTable): void {
      // This may make room: there are other cells then.
      const place = placeOf(budget.scope);
      pack(budget, cells, place);
    },
  };
}
export type PackedBudgets = ReturnType<typeof packedBudgets>;

function pack(budget: GuardBudgetsTable, cells: Float64Array, place: number): void {
  cells[place] = budget.level;
  cells[place + 1] = budget.leak_ms;
  cells[place + 2] = budget.sent;
  cells[place + 3] = budget.verified;
  cells[place + 4] = budget.recent;
  cells[place + 5] = budget.elsewhere;
  cells[place + 6] = budget.turned_away;
  cells[place + 7] = budget.let_in;
  cells[place + 8] = budget.passed;
  cells[place + 9] = budget.failed;
  cells[place + 10] = budget.closures;
  cells[place + 11] = budget.closed_until;
  cells[place + 12] = budget.verified_at ?? Number.NaN;
  cells[place + 13] = budget.updated_at;
  cells[place + 14] = budget.kept_until;
}

function unpack(scope: string, cells: Float64Array, place: number): GuardBudgetsTable {
  const cell = (index: number) => cells[place + index] as number;
  const verifiedAt = cell(12);
  return {
    scope,
    level: cell(0),
    leak_ms: cell(1),
    sent: cell(2),
    verified: cell(3),
    recent: cell(4),
    elsewhere: cell(5),
    turned_away: cell(6),
    let_in: cell(7),
    passed: cell(8),
    failed: cell(9),
    closures: cell(10),
    closed_until: cell(11),
    verified_at: Number.isNaN(verifiedAt) ? null : verifiedAt,
    updated_at: cell(13),
    kept_until: cell(14),
  };
}
