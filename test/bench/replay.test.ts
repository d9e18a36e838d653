import { afterEach, describe, expect, test } from 'vitest';
import { parseEvent, type TraceEvent } from '../../bench/replay/event.ts';
import { openPolicy, policyFrom } from '../../bench/replay/policy.ts';
import { createReplay, type Outcome } from '../../bench/replay/replay.ts';
import { toJson, toTable } from '../../bench/replay/report.ts';
import { elsewhere } from '../../bench/traces/elsewhere.ts';
import { generate } from '../../bench/traces/traces.ts';
import type { Store } from '../../packages/server/src/store/store.ts';
import { newStore } from '../setup/stores.ts';

let store: Store | undefined;
const close = async () => {
  await store?.close();
  store = undefined;
};
afterEach(close);

async function replayed(events: readonly TraceEvent[], policy = openPolicy): Promise<Outcome[]> {
  store = await newStore('SQLite');
  const replay = createReplay({ store, policy });
  for (const event of events) await replay.run(event);
  return replay.outcomes();
}

const seed = 11;
/** What became of a kind of all countries, or of one, as shares of what was asked. */
function shares(outcomes: readonly Outcome[], kind: Outcome['kind'], country?: string) {
  const of = outcomes.filter((one) => one.kind === kind && (country === undefined || one.country === country));
  const sum = (key: 'asked' | 'sent' | 'checked' | 'refused') => of.reduce((total, one) => total + one[key], 0);
  const asked = sum('asked');
  expect(asked).toBeGreaterThan(100);
  return { sent: sum('sent') / asked, checked: sum('checked') / asked, refused: sum('refused') / asked };
}

describe('people', () => {
  test.each(['quiet-weeks', 'quiet-weeks-of-few-types', 'new-country', 'launch', 'first-launch', 'campaign'])(
    'of %s get their codes',
    async (name) => {
      const people = shares(await replayed(generate(name, { seed, scale: 0.1 })), 'person');
      expect(people.refused).toBeLessThanOrEqual(0.001);
      expect(people.checked).toBeLessThanOrEqual(0.02);
    },
  );

  test('get them behind few addresses', async () => {
    const people = shares(await replayed(elsewhere('quiet, behind few addresses', 1).events), 'person');
    expect(people.refused).toBeLessThanOrEqual(0.001);
    expect(people.checked).toBeLessThanOrEqual(0.02);
  });

  test('get them while an operator is down', async () => {
    const people = shares(await replayed(generate('operator-outage', { seed, scale: 0.1 })), 'person');
    expect(people.refused).toBeLessThanOrEqual(0.005);
  });
});

describe('of an attack', () => {
  test.each([
    ['concentrated', 0.015, 'DE', 0.12],
    ['spread', 0.06, 'DE', 0.12],
    ['spread-from-few-networks', 0.06, 'DE', 0.12],
    ['spread-in-a-middle-country', 0.06, 'LT', 0.2],
    ['typing-a-quarter', 0.06, 'DE', 0.12],
    ['slow', 0.06, 'DE', 0.12],
  ])('%s, at most %d is sent, and the people of the country get theirs', async (name, most, country, scale) => {
    const outcomes = await replayed(generate(name, { seed, scale }));
    expect(shares(outcomes, 'attack').sent).toBeLessThanOrEqual(most);
    expect(shares(outcomes, 'person', country).refused).toBeLessThanOrEqual(0.005);
  });

  test.each([
    ['slow, a quarter typed', 12],
    ['a quarter typed, browsers again', 309],
    ['five addresses among many people', 305],
    ['twenty thousand on few people', 306],
  ] as const)('%s, at most 6 % is sent, and the people of the country get theirs', async (row, of) => {
    const { events, country } = elsewhere(row, of);
    const outcomes = await replayed(events);
    expect(shares(outcomes, 'attack').sent).toBeLessThanOrEqual(0.06);
    expect(shares(outcomes, 'person', country).refused).toBeLessThanOrEqual(0.005);
  });

  test('on a country that was never served, next to nothing is sent, and nothing where it is closed', async () => {
    const events = generate('country-never-served', { seed, scale: 0.05 });
    const open = await replayed(events);
    expect(shares(open, 'attack', 'ID').sent).toBeLessThanOrEqual(0.01);
    await close();
    const closed = await replayed(events, policyFrom({ countries: { list: ['ID'] } }));
    expect(shares(closed, 'attack', 'ID')).toEqual({ sent: 0, checked: 0, refused: 1 });
  });

  test('on one block, ten messages are sent at most; twenty where people live', async () => {
    const attackOn = (block: string, from: number): TraceEvent[] =>
      Array.from({ length: 400 }, (_, index) => ({
        at: from + index * 5,
        phone: `${block}${5000 + index * 7}`,
        network: `192.0.${index % 200}.7`,
        device: null,
        kind: 'attack',
        answers: false,
        passesCheck: index % 4 === 0,
      }));
    const people: TraceEvent[] = Array.from({ length: 150 }, (_, index) => ({
      at: index * 600,
      phone: `+49151000${index % 2}${String(index).padStart(4, '0')}`,
      network: `198.51.${index % 100}.3`,
      device: `p${index}`,
      kind: 'person',
      answers: index % 8 !== 0,
      passesCheck: true,
    }));
    const nobody = await replayed([...people, ...attackOn('+491510009', 100_000)]);
    expect(nobody.find(({ kind }) => kind === 'attack')?.sent).toBeLessThanOrEqual(10);
    await close();
    const lived = await replayed([...people, ...attackOn('+491510001', 100_000)]);
    expect(lived.find(({ kind }) => kind === 'attack')?.sent).toBeLessThanOrEqual(20);
  });
});

test('what came of it is told by country and kind', async () => {
  const outcomes = await replayed(generate('country-never-served', { seed, scale: 0.02 }).slice(0, 300));
  expect(toTable(outcomes).split('\n')[0]).toMatch(
    /^country +kind +asked +sent +checked +failedChecks +refused +cost$/,
  );
  const json = toJson(outcomes);
  expect(Object.keys(json.DE?.person ?? {})).toEqual(['asked', 'sent', 'checked', 'refused', 'failedChecks', 'cost']);
  expect(json.DE?.person?.cost).toBeCloseTo((json.DE?.person?.sent ?? 0) * 0.094, 3);
});

test('a trace that was made elsewhere may leave out what is as usual, and be in another order', async () => {
  const person = { network: '', device: null, kind: 'person', answers: true, passesCheck: true };
  expect(parseEvent('{"at":"1.5","phone":"+4915112345678"}', 1)).toEqual({
    ...person,
    at: 1.5,
    phone: '+4915112345678',
  });
  const attack = '{"at":-3,"phone":"+999","network":"2001:db8::7","device":7,"kind":"attack","other":1}';
  expect(parseEvent(attack, 1)).toMatchObject({
    at: -3,
    device: '7',
    kind: 'attack',
    answers: false,
    passesCheck: false,
  });
  const lines = [`{"at":90,"phone":"+4915112345678"}`, `{"at":60,"phone":"+1 876 555 0123"}`, attack, attack];
  const outcomes = await replayed(lines.map(parseEvent));
  expect(outcomes.map(({ country, kind, asked, sent }) => [country, kind, asked, sent])).toEqual([
    ['DE', 'person', 1, 1],
    ['JM', 'person', 1, 1],
    ['none', 'attack', 2, 2],
  ]);
});

test.each([
  ['no json', /Line 3 .* no JSON/],
  ['{"at":"x"}', /`at`/],
  ['{"at":"","phone":"+4912345678"}', /`at`/],
  ['{"at":true,"phone":"+4912345678"}', /`at`/],
  ['null', /`at`/],
  ['{"at":1,"phone":12}', /`phone`/],
  ['{"at":1,"phone":"+4912345678","network":7}', /`network`/],
  ['{"at":1,"phone":"+4912345678","device":{}}', /`device`/],
  ['{"at":1,"phone":"+4912345678","network":"192.0.2.1","kind":"bot"}', /`kind`/],
])('a line that is none is named: %s', (line, message) => {
  expect(() => parseEvent(line, 3)).toThrow(message);
  expect(() => policyFrom({ budget: {} })).toThrow(/no `budget`/);
  expect(() => policyFrom({ budgets: { block: { hard: '6' } } })).toThrow(/budgets.block.hard is like 6/);
});

test('a policy may be that of the server, with what a replay does not play', () => {
  const countries = { mode: 'allow', list: ['DE'] };
  expect(policyFrom({ mode: 'record', countries, maxCostPerDay: 50, perCountry: [] })).toEqual({
    ...openPolicy,
    countries,
  });
});
