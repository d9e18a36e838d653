import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStartProgress, describeMigration } from './start-progress.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function newProgress() {
  const printed: string[] = [];
  return { printed, progress: createStartProgress({ now: Date.now, print: (line) => void printed.push(line) }) };
}

test('a start within a second says nothing', () => {
  const { printed, progress } = newProgress();
  progress.begin('opening the database');
  vi.advanceTimersByTime(600);
  progress.begin('opening the port');
  vi.advanceTimersByTime(399);
  progress.end();
  vi.advanceTimersByTime(60_000);
  expect(printed).toEqual([]);
});

test('a longer one says what it is doing, each step once', () => {
  const { printed, progress } = newProgress();
  progress.begin('reading the key');
  vi.advanceTimersByTime(900);
  progress.begin('opening the database');
  vi.advanceTimersByTime(99);
  expect(printed).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(printed).toEqual(['Starting: opening the database …\n']);
  vi.advanceTimersByTime(60_000);
  progress.begin('bringing the tables up to date');
  progress.end();
  expect(printed.slice(1)).toEqual(['Starting: bringing the tables up to date …\n']);
});

test('a step that keeps the process busy is followed by a line at once', () => {
  const { printed, progress } = newProgress();
  progress.begin('bringing the tables up to date');
  vi.setSystemTime(Date.now() + 5_000);
  progress.begin('opening the port');
  expect(printed).toEqual(['Starting: opening the port …\n']);
});

test('a migration is named', () => {
  const step = { name: '0009-phone-spellings', number: 9, of: 15 };
  expect(describeMigration({ ...step, isNew: false })).toBe(
    'bringing the tables up to date, 9 of 15 (phone spellings)',
  );
  expect(describeMigration({ ...step, isNew: true })).toBe('making the tables, 9 of 15 (phone spellings)');
});
