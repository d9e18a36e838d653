import type { Outcome } from './replay.ts';

const columns = ['country', 'kind', 'asked', 'sent', 'checked', 'failedChecks', 'refused', 'cost'] as const;

/** The outcomes as a table for people. */
export function toTable(outcomes: readonly Outcome[]): string {
  const rows = [columns, ...outcomes.map((outcome) => columns.map((column) => cell(column, outcome[column])))];
  const widths = columns.map((_, index) => Math.max(...rows.map((row) => (row[index] ?? '').length)));
  const line = (row: readonly string[]) =>
    row
      .map((text, index) => (index < 2 ? text.padEnd(widths[index] ?? 0) : text.padStart(widths[index] ?? 0)))
      .join('  ');
  return `${rows.map(line).join('\n')}\n`;
}

const cell = (column: string, value: string | number) => (column === 'cost' ? Number(value).toFixed(2) : String(value));

/** The same by country and kind. */
export function toJson(outcomes: readonly Outcome[]) {
  const byCountry: Record<string, Record<string, Omit<Outcome, 'country' | 'kind'>>> = {};
  for (const { country, kind, ...counts } of outcomes) byCountry[country] = { ...byCountry[country], [kind]: counts };
  return byCountry;
}
