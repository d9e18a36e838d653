import { expect, test } from 'vitest';
import { amountIn, currenciesOf, everyDay, everyHour } from './cost-columns.ts';

const dollars = (amount: string) => ({ costs: [{ amount, currency: 'USD' }] });
const hourMs = 3_600_000;

test('every hour is there, with what its messages cost', () => {
  const from = 100 * hourMs + 60_000;
  const hours = everyHour({ from, until: from + 2 * hourMs }, [{ hour: 101 * hourMs, ...dollars('0.36') }]);
  expect(hours.map((each) => [each.at / hourMs, amountIn(each, 'USD')])).toEqual([
    [100, 0],
    [101, 0.36],
    [102, 0],
  ]);
});

test('every day is there by its date where the browser is, also where clocks change', () => {
  const from = new Date(2026, 9, 23, 13).getTime();
  const until = new Date(2026, 9, 27, 13).getTime();
  const days = everyDay({ from, until }, [
    { day: '2026-10-25', costs: [{ amount: '1', currency: 'EUR' }, ...dollars('2.5').costs] },
  ]);
  expect(days.map((each) => [new Date(each.at).toISOString().slice(0, 10), amountIn(each, 'EUR')])).toEqual([
    ['2026-10-23', 0],
    ['2026-10-24', 0],
    ['2026-10-25', 1],
    ['2026-10-26', 0],
    ['2026-10-27', 0],
  ]);
  expect(currenciesOf(days)).toEqual(['EUR', 'USD']);
});

test('what cost nothing is no currency to draw', () => {
  expect(currenciesOf([dollars('0.00')])).toEqual([]);
});
