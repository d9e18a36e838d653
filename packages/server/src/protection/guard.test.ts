import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { databases, newMigratedLocation } from '../../../../test/setup/stores.ts';
import type { BudgetView, Ledger } from '../store/guard-budgets.ts';
import { createLedger } from '../store/guard-ledger.ts';
import { openStore, type Store } from '../store/store.ts';
import { type Budgets, defaultBudgets } from './budgets.ts';
import { createGuard, type Guard, type GuardPolicy } from './guard.ts';
import { type Asked, browserOf } from './scopes.ts';

const start = Date.UTC(2026, 10, 27, 12, 5);
const hour = 3_600_000;
const budgets: Budgets = defaultBudgets;
const none = { prefixes: [], networks: [] };
const policy: GuardPolicy = { countries: { mode: 'deny', list: [] }, budgets, always: none, never: none };

describe.each(databases)('the guard on %s', (database) => {
  let place: Awaited<ReturnType<typeof newMigratedLocation>>;
  let stores: Store[];
  /** As many processes as the database is for. */
  let guards: Guard[];
  let now = start;
  let countries = 0;
  /** A country that nobody has asked for before. */
  let country: string;
  /** The names of the last budgets that were looked at. */
  let looked: readonly string[];
  function newGuard(store: Store) {
    const ledger = createLedger(store);
    const watched: Ledger = (scopes, work, isOwed) => {
      looked = scopes;
      const get = (view: BudgetView) => (scope: string) => {
        if (!scopes.includes(scope)) throw new Error(`${scope} was not read.`);
        return view.get(scope);
      };
      return ledger(scopes, (view) => work({ ...view, get: get(view) }), isOwed);
    };
    return createGuard({ ledger: watched, platform: { now: () => now } });
  }
  beforeAll(async () => {
    place = await newMigratedLocation(database);
    stores = [await openStore(place.location)];
    if (database === 'PostgreSQL') stores.push(await openStore(place.location));
    guards = stores.map(newGuard);
  });
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await place.remove();
  });
  beforeEach(() => {
    countries += 1;
    country = `X${countries}`;
    now = start;
  });

  const inTurn = (index: number) => guards[index % guards.length] as Guard;
  const asked = (rest: string, more: Partial<Asked> = {}): Asked => ({
    ...{ phone: `+4${countries}${rest}`, country, address: undefined, devices: [] },
    ...more,
  });
  /** In blocks of their own. */
  const spread = (count: number, from = 0) =>
    Array.from({ length: count }, (_, index) => asked(`${String(from + index).padStart(4, '0')}0000`));
  const block = (count: number) =>
    Array.from({ length: count }, (_, index) => asked(`0007${String(index * 13).padStart(4, '0')}`));
  const charge = async (of: Asked, index = 0, manner = {}) => (await inTurn(index).charge(of, policy, manner)).decision;
  const chargeAll = (of: readonly Asked[], manner = {}) =>
    Promise.all(of.map((one, index) => charge(one, index, manner)));
  const giveBack = (of: Asked, index = 0) => inTurn(index).giveBack(of, budgets);
  const count = (decisions: readonly string[], wanted: string) => decisions.filter((one) => one === wanted).length;
  const passed = { checkPassed: true };
  /** How many codes go out now to a country, which takes none. */
  const room = async () => {
    const last = { ...policy, budgets: { ...budgets, country: { ...budgets.country, soft: 0, hard: 0, clean: 0 } } };
    const { reasons } = await inTurn(0).charge(asked('99990000'), last);
    return reasons.find(({ scope }) => scope.startsWith('country:'))?.value;
  };

  test('lets exactly as many pass as there is room for, whoever comes at once', async () => {
    const unchecked = await chargeAll(spread(1000));
    expect([count(unchecked, 'go'), count(unchecked, 'check')]).toEqual([budgets.country.soft, 997]);
    const checked = await chargeAll(spread(1000, 1000), passed);
    expect(count(checked, 'go')).toBe(budgets.country.clean - budgets.country.soft);
    expect(count(checked, 'refuse')).toBe(1000 - 37);
    expect(await room()).toBe(budgets.country.clean);
  });

  test('lets few go of those who are signed in where others pass a check, however many accounts they have', async () => {
    const { signedIn } = budgets;
    // Nobody is asked below the first limit of the country.
    await chargeAll(spread(budgets.country.soft, 5000));
    const bots = spread(400).map((one, index) => ({ ...one, isSignedIn: true, address: `198.18.${index % 250}.1` }));
    const decisions = await chargeAll(bots, passed);
    expect([count(decisions, 'go'), count(decisions, 'refuse')]).toEqual([signedIn.hard, 400 - signedIn.hard]);
    expect(await charge(asked('99990000'), 0, passed)).toBe('go');
    const person = bots[decisions.lastIndexOf('go')] as Asked;
    await giveBack(person);
    expect(await charge({ ...asked('99980000'), isSignedIn: true }, 1, passed)).toBe('go');
    expect(await charge({ ...asked('99970000'), isSignedIn: true }, 1, passed)).toBe('refuse');
  });

  test('keeps room for who is signed in at home, whatever bots with accounts ask for elsewhere, and as little', async () => {
    const { signedIn, served } = budgets;
    // What others took of it has leaked.
    now += 2 * signedIn.hard * hour;
    const people = block(80).map((one, index) => ({ ...one, address: `192.0.${index}.7` }));
    for (const one of people.slice(0, 20)) {
      await charge(one, 0, passed);
      await giveBack(one);
    }
    await chargeAll(spread(2 * served.soft, 5000), passed);
    const signed = (all: readonly Asked[]) => all.map((one) => ({ ...one, isSignedIn: true }));
    const bots = spread(100, 100).map((one, index) => ({ ...one, address: `198.18.${index}.1` }));
    expect(count(await chargeAll(signed(bots)), 'go')).toBe(signedIn.hard);
    const atHome = signed(people.slice(20));
    const decisions = await chargeAll(atHome);
    expect(count(decisions, 'go')).toBe(signedIn.hard);
    await giveBack(atHome[decisions.indexOf('go')] as Asked);
    const late = atHome.filter((_, index) => decisions[index] === 'refuse');
    expect([await charge(late[0] as Asked), await charge(late[1] as Asked)]).toEqual(['go', 'refuse']);
  });

  test('answers whoever goes through the numbers of a full block as if none was known, and people who come back', async () => {
    const at = (one: Asked, address: string, more: Partial<Asked> = {}) => ({ ...one, address, ...more });
    const customers = block(40).filter((_, index) => index % 2 === 0);
    const others = block(40).filter((_, index) => index % 2 === 1);
    for (const [index, customer] of customers.entries()) {
      await charge(at(customer, `198.18.${index}.1`), 0, passed);
      await giveBack(at(customer, `198.18.${index}.1`));
    }
    now += 24 * hour;
    const full = await chargeAll(
      block(100)
        .slice(40)
        .map((one, index) => at(one, `198.19.${index}.1`)),
      passed,
    );
    expect(full).toContain('refuse');
    const answers: string[] = [];
    for (const [index, customer] of customers.entries()) {
      answers.push(await charge(at(customer, '203.0.113.7'), index));
      answers.push(await charge(at(others[index] ?? customer, '203.0.113.7'), index));
    }
    // Five of each tell; then all are as those that nobody knows.
    const { told } = budgets.networks[0];
    expect(answers.slice(0, told)).toEqual(Array.from({ length: told / 2 }, () => ['go', 'refuse']).flat());
    expect(new Set(answers.slice(told))).toEqual(new Set(['refuse']));
    const back = customers.at(-1) as Asked;
    const devices = [{ name: 'user/one', knownSince: now - 1000 }];
    expect(await charge(at(back, '203.0.113.7', { devices }))).toBe('go');
    expect(await charge(at(customers.at(-2) as Asked, '192.0.2.7'))).toBe('go');
    // Nor do other addresses nearby get on for long; what told nothing any more has used up none of theirs.
    const near = await Promise.all(
      customers.flatMap((one, index) => [1, 2, 3].map((host) => charge(at(one, `203.0.113.${20 + 3 * index + host}`)))),
    );
    expect(count(near, 'go')).toBeGreaterThan(0);
    expect(count(near, 'go')).toBeLessThanOrEqual(budgets.networks[1].told - told);
    now += 10 * 24 * hour;
    await chargeAll(block(100).slice(40), passed);
    expect(await charge(at(back, '203.0.113.7'))).toBe('go');
  });

  test('few can fill blocks to count whether a number takes from them: a network for three numbers, and a block once in hours', async () => {
    const inBlock = (block: number, index: number, address: string) =>
      asked(`${1000 + block}${String(index).padStart(4, '0')}`, { address });
    /** Sends to a block until it is full. @returns how many went out; nothing where something else was full before */
    async function fill(block: number, from: number, addressOf: (index: number) => string) {
      for (let gone = 0; ; gone += 1) {
        const { decision, reasons } = await inTurn(gone).charge(
          inBlock(block, from + gone, addressOf(gone)),
          policy,
          passed,
        );
        if (decision === 'refuse') return reasons.every(({ scope }) => scope.startsWith('block:')) ? gone : undefined;
      }
    }
    const filled: (number | undefined)[] = [];
    for (let block = 0; block < 6; block += 1) filled.push(await fill(block, 0, () => '203.0.113.7'));
    expect(filled).toEqual([9, 9, ...Array(4).fill(undefined)]);
    // From as many networks as one likes, a block has room for one after its twelve hours, or once it opens again.
    let more = 0;
    for (let hours = 0; hours < 48; hours += 1) {
      now += hour;
      more += (await fill(0, 100 + 20 * hours, (index) => `198.${hours}.${index}.1`)) ?? 0;
    }
    expect(more).toBeLessThanOrEqual(4);
  });

  test('lets ten messages through to a block at most, and closes it longer each time', async () => {
    const go = async () => count(await chargeAll(block(100), passed), 'go');
    expect(await go()).toBe(9);
    expect(await go()).toBe(0);
    const closed = await inTurn(1).charge(asked('00070001'), policy, passed);
    expect(closed).toMatchObject({ reasons: [{ rule: 'closed' }], retryAt: start + hour });
    now = start + hour + 1;
    expect(await go()).toBeLessThanOrEqual(2);
    now += hour;
    expect(await charge(asked('00070001'), 0, passed)).toBe('refuse');
  });

  test('opens a block where codes are typed in', async () => {
    const some = block(9);
    expect(count(await chargeAll(some, passed), 'go')).toBe(9);
    expect(await charge(asked('00070001'), 1, passed)).toBe('refuse');
    for (const one of some.slice(0, 4)) await giveBack(one);
    expect(await charge(asked('00070001'), 1, passed)).toBe('go');
  });

  test('gives back what was outstanding of a number, once, and what a send took that did not begin', async () => {
    const [one, other] = spread(2) as [Asked, Asked];
    await charge(one, 0);
    await charge(other, 1);
    expect(await room()).toBe(2);
    await giveBack(one, 1);
    const after = (await room()) ?? Number.NaN;
    expect(after).toBeLessThan(1);
    expect(after).toBeGreaterThanOrEqual(0);
    const { raises, isKnown } = await inTurn(0).charge(one, policy);
    expect(isKnown).toBe(true);
    expect(await room()).toBe(after);
    await inTurn(1).takeBack(raises, budgets);
    expect((await inTurn(0).charge(one, policy)).raises).toEqual(raises);
  });

  test('opens a block again that was closed by what did not begin, and forgets that it was', async () => {
    const raised = await Promise.all(block(9).map((one) => inTurn(0).charge(one, policy, passed)));
    expect(raised.map(({ decision }) => decision)).toEqual(Array(9).fill('go'));
    const last = block(10).at(-1) as Asked;
    const { closes } = await inTurn(1).charge(last, policy, passed);
    expect(closes).toMatchObject({ closures: 0, until: now + hour });
    for (const { raises } of raised.slice(0, 3)) await inTurn(1).takeBack(raises, budgets);
    expect(await charge(last, 0, passed)).toBe('refuse');
    for (const { raises } of raised.slice(3)) await inTurn(0).takeBack(raises, budgets);
    expect(await charge(last, 1, passed)).toBe('go');
    const more = await Promise.all(
      block(20)
        .slice(10, 19)
        .map((one) => inTurn(0).charge(one, policy, passed)),
    );
    expect(more.map((decision) => decision.closes)).toEqual([...Array(8).fill(undefined), closes]);
  });

  test('a level leaks, never below nothing, and is no more where the clock was set back', async () => {
    await chargeAll(spread(3));
    const { leakMs } = budgets.country;
    now = start + 1.5 * leakMs;
    expect(await room()).toBeCloseTo(1.5, 6);
    now = start + 100 * leakMs;
    expect(await charge(asked('00010000'))).toBe('go');
    expect(await room()).toBe(1);
    now = start;
    expect(await charge(asked('00030000'))).toBe('go');
    expect(await room()).toBe(1);
    now = start + 24 * 365 * hour;
    expect((await room()) ?? 0).toBe(0);
  });

  test('holds nothing against a network that a clock noted which was set back', async () => {
    const from = { address: `100.64.${countries}.7` };
    now = start + 24 * 365 * hour;
    for (const one of spread(12)) await inTurn(0).recordFailedCheck({ ...one, ...from });
    expect(await charge(asked('12340000', from), 0, passed)).toBe('refuse');
    now = start;
    expect(await charge(asked('12340000', from), 1)).toBe('go');
  });

  test('holds to the networks of the lists, of whatever size', async () => {
    const lists = { ...policy, never: { prefixes: [], networks: ['203.0.112.0/20'] } };
    const listed = await inTurn(0).charge(asked('12340000', { address: '203.0.113.9' }), lists);
    expect(listed).toMatchObject({ decision: 'refuse', reasons: [{ rule: 'never' }] });
  });

  test('failed checks keep the check on, and fade within hours', async () => {
    await giveBack(asked('12340000'));
    await giveBack(asked('12350000'));
    const fail = () => inTurn(0).recordFailedCheck(asked('12360000'));
    expect(await charge(asked('12370000'))).toBe('go');
    await Promise.all([fail(), fail(), fail()]);
    expect((await inTurn(1).charge(asked('12380000'), policy)).reasons).toContainEqual(
      expect.objectContaining({ rule: 'failed-checks', scope: `country:${country}`, value: 3 }),
    );
    now = start + 3 * hour;
    expect(await charge(asked('12390000'))).toBe('go');
  });

  test('bots are noticed that are few beside the people who pass their checks', async () => {
    for (const one of spread(12, 20)) {
      await inTurn(0).recordFailedCheck(one);
      await inTurn(1).recordPassedCheck(one);
    }
    for (const one of spread(2, 40)) await inTurn(0).recordFailedCheck(one);
    expect((await inTurn(1).charge(asked('12380000'), policy)).reasons).toEqual([]);
    await inTurn(0).recordFailedCheck(asked('12390000'));
    expect((await inTurn(1).charge(asked('12380000'), policy)).reasons).toContainEqual({
      ...{ rule: 'failed-checks', scope: `country:${country}`, value: 3, limit: 1.5 },
    });
  });

  test('a network that is refused for its failed checks keeps the check on, as if it failed more', async () => {
    const bot = (rest: string) => asked(rest, { address: '83.1.1.1' });
    for (const rest of ['12360000', '12360001', '12360002']) await inTurn(0).recordFailedCheck(bot(rest));
    for (let index = 0; index < 5; index += 1) expect(await charge(bot('12370000'), index, passed)).toBe('refuse');
    const { reasons } = await inTurn(1).charge(asked('12380000'), policy);
    expect(reasons).toContainEqual(expect.objectContaining({ scope: `country:${country}`, value: 8 }));
  });

  test('a browser that has verified a code gets two for numbers that are new, for days; what is typed in elsewhere gives none back', async () => {
    const devices = [{ name: country }];
    const of = (rest: string) => asked(rest, { devices });
    const go = async (rest: string) => (await inTurn(1).charge(of(rest), policy)).isKnown === true;
    await giveBack(of('00010000'));
    expect([await go('00020000'), await go('00030000'), await go('00040000')]).toEqual([true, true, false]);
    await charge(of('00050000'), 0, passed);
    await giveBack(of('00050000'));
    expect(await go('00060000')).toBe(false);
    await giveBack(of('00020000'));
    expect(await go('00070000')).toBe(true);
  });

  test('a browser that has verified a code gets one for a number that is new where bots ask', async () => {
    const devices = [{ name: country }];
    await giveBack(asked('00010000', { devices }));
    for (const one of spread(3, 100)) await inTurn(0).recordFailedCheck(one);
    const decisions: string[] = [];
    for (const rest of ['00020000', '00030000']) decisions.push(await charge(asked(rest, { devices })));
    expect(decisions).toEqual(['go', 'check']);
  });

  test('a browser that gets known while bots ask vouches for nobody, whether it brings a name or an account', async () => {
    for (const one of spread(3, 100)) await inTurn(0).recordFailedCheck(one);
    const [named, signedUp] = [[{ name: country }], [{ name: browserOf(asked('00010000').phone), knownSince: start }]];
    await charge(asked('00010000', { devices: named }), 0, passed);
    await giveBack(asked('00010000', { devices: named }));
    for (const devices of [named, signedUp]) expect(await charge(asked('00020000', { devices }))).toBe('check');
    // Once they are gone, for one in place of two.
    now += 3 * hour;
    for (const devices of [named, signedUp]) {
      const known = await Promise.all(
        ['00030000', '00040000'].map(
          async (rest) => (await inTurn(0).charge(asked(rest, { devices }), policy)).isKnown,
        ),
      );
      expect(known.filter(Boolean)).toHaveLength(1);
    }
  });

  test('a browser that was known before bots asked vouches for one number, also after its account has another', async () => {
    for (const one of spread(3, 100)) await inTurn(0).recordFailedCheck(one);
    const devices = [{ name: browserOf(asked('00010000').phone), knownSince: start - 1 }];
    await charge(asked('00020000', { devices }), 0, passed);
    await giveBack(asked('00020000', { devices }));
    expect(await charge(asked('00030000', { devices }))).toBe('go');
  });

  test('an operator that is down closes no block of its people because bots ask elsewhere', async () => {
    const [people, waiting] = [block(40).slice(0, 10), block(40).slice(10)];
    for (const one of people) {
      await charge(one, 0, passed);
      await giveBack(one);
    }
    expect(new Set(await chargeAll(waiting.slice(0, 12), passed))).toEqual(new Set(['go']));
    for (const one of spread(30, 100)) await inTurn(0).recordFailedCheck(one);
    expect(new Set(await chargeAll(waiting.slice(12, 14), passed))).toEqual(new Set(['go']));
    for (const one of waiting.slice(0, 3)) await inTurn(1).recordFailedCheck(one);
    expect(await charge(asked('00079999'), 0, passed)).toBe('refuse');
  });

  /** People of one block who have typed their codes in, from a network of theirs; and how others ask for its numbers. */
  const settle = async () => {
    const at = (one: Asked, address: string): Asked => ({ ...one, address });
    const home = (index: number) => `198.${countries}.${index}.1`;
    const numbers = block(100);
    for (const [index, one] of numbers.slice(0, 10).entries()) {
      await charge(at(one, home(index)), 0, passed);
      await giveBack(at(one, home(index)));
    }
    let next = 10;
    return { ask: (address: string) => at(numbers[next++] as Asked, address), home };
  };

  test('a block that bots have closed goes on for its people, from networks where nobody fails a check', async () => {
    const { ask, home } = await settle();
    const bots = Array.from({ length: 20 }, (_, index) => ask(`203.${index}.113.7`));
    for (const one of bots.slice(0, 3)) await inTurn(0).recordFailedCheck(one);
    expect(count(await chargeAll(bots, passed), 'go')).toBe(budgets.block.hardLived);
    const decide = (one: Asked, manner = {}) => inTurn(1).charge(one, policy, manner);
    expect(await decide(ask('203.77.113.7'), passed)).toMatchObject({ reasons: [{ rule: 'closed' }] });
    const person = ask(home(77));
    expect([await charge(person), await charge(person, 1, passed)]).toEqual(['check', 'go']);
    // A right code counts there for what people usually leave.
    const level = async () => (await decide(ask('203.78.113.7'), passed)).reasons[0]?.value ?? Number.NaN;
    const before = await level();
    await giveBack(person);
    expect(before - (await level())).toBeGreaterThan(1.25);
    // Bots that come from there, too, take that away.
    await inTurn(0).recordFailedCheck(ask(home(78)));
    expect(await decide(ask(home(79)), passed)).toMatchObject({ reasons: [{ rule: 'closed' }] });
  });

  test('a network where many pass their checks is one of people also after one of them fails', async () => {
    const { ask, home } = await settle();
    const bots = Array.from({ length: 20 }, (_, index) => ask(`203.${index}.113.7`));
    for (const one of bots.slice(0, 3)) await inTurn(0).recordFailedCheck(one);
    await chargeAll(bots, passed);
    for (let index = 80; index < 90; index += 1) {
      await inTurn(0).recordFailedCheck(ask(home(index)));
      await inTurn(0).recordPassedCheck(ask(home(index)));
    }
    await inTurn(0).recordFailedCheck(ask(home(78)));
    expect(await charge(ask(home(79)), 0, passed)).toBe('go');
    await inTurn(0).recordFailedCheck(ask(home(77)));
    expect(await charge(ask(home(79)), 0, passed)).toBe('refuse');
  });

  test('a block where nobody lives goes half as far again for whoever comes from a network of people', async () => {
    const from = (address: string) => block(20).map((one) => ({ ...one, address }));
    for (const one of spread(10, 20)) {
      await charge(one);
      await giveBack({ ...one, address: '82.2.2.1' });
    }
    const bots = block(20).map((one, index) => ({ ...one, address: `81.${index}.113.7` }));
    for (const one of bots.slice(0, 3)) await inTurn(0).recordFailedCheck(one);
    expect(await chargeAll(bots.slice(0, budgets.block.hard), passed)).not.toContain('refuse');
    const people = from('82.2.9.9').slice(10, 14);
    const decisions: string[] = [];
    for (const one of people) decisions.push(await charge(one, 0, passed));
    expect(decisions).toEqual(['go', 'go', 'go', 'refuse']);
  });

  test('a block that is closed is closed no longer for those who ask meanwhile', async () => {
    const { ask, home } = await settle();
    const fill = Array.from({ length: 50 }, () => ask(home(5)));
    const decisions = await Promise.all(
      fill.map((one) => inTurn(0).charge({ ...one, address: undefined }, policy, passed)),
    );
    expect(decisions.filter(({ closes }) => closes)).toMatchObject([{ closes: { closures: 0, until: start + hour } }]);
    const again = await inTurn(1).charge(ask(home(5)), policy, passed);
    expect(again).toMatchObject({ decision: 'refuse', reasons: [{ rule: 'unverified' }] });
    expect(again.closes).toBeUndefined();
  });

  test('a block is one of people also after most of its codes of the last days were not typed in', async () => {
    const { ask } = await settle();
    now += 24 * hour;
    const waiting = Array.from({ length: 18 }, () => ({ ...ask(''), address: undefined }));
    expect(await chargeAll(waiting, passed)).toEqual(Array(18).fill('go'));
  });

  test('while bots ask, people who wait at home are not taken for bots that were let in', async () => {
    const { ask, home } = await settle();
    const bots = spread(320, 100);
    for (const one of bots) await inTurn(0).recordFailedCheck(one);
    expect(
      new Set(
        await chargeAll(
          Array.from({ length: 20 }, () => ask(home(5))),
          passed,
        ),
      ),
    ).toEqual(new Set(['go']));
    expect(count(await chargeAll(bots.slice(0, 20), passed), 'go')).toBe(13);
  });

  /** Three hundred bots from everywhere, of which a few pass. */
  const attack = async () => {
    for (const one of spread(10)) {
      await charge(one);
      await giveBack(one);
    }
    const bots = spread(320, 100);
    for (const one of bots.slice(0, 305)) await inTurn(0).recordFailedCheck(one);
    return chargeAll(bots.slice(305), passed);
  };

  test('of bots that pass so many get codes as others fail; people are told by where others have typed codes in', async () => {
    expect(count(await attack(), 'go')).toBe(12);
    expect(await charge(asked('77770000'), 0, passed)).toBe('refuse');
    expect(await charge(asked('00010007'), 0, passed)).toBe('go');
    const address = { address: '192.0.2.1' };
    await giveBack(asked('88880000', address));
    expect(await charge(asked('77770000', { address: '192.0.9.9' }), 0, passed)).toBe('go');
    // Bots find networks of people sooner than blocks of theirs.
    const of = (rest: (index: number) => string, more: Partial<Asked> = {}) =>
      Array.from({ length: 30 }, (_, index) => asked(rest(index), more));
    const fromNetwork = await chargeAll(
      of((index) => `66${String(index).padStart(2, '0')}0000`, { address: '192.0.8.8' }),
      passed,
    );
    const ofBlocks = await chargeAll(
      of((index) => `000${index % 10}1${String(index).padStart(3, '0')}`),
      passed,
    );
    expect(count(fromNetwork, 'go')).toBe(12);
    expect(count(ofBlocks, 'go')).toBe(30);
  });

  test('who is refused where bots ask counts as one of them', async () => {
    await attack();
    expect(await charge(asked('77770000'), 0, passed)).toBe('refuse');
    const asks = Array.from({ length: 60 }, (_, index) => asked(`7777${index}000`.padEnd(8, '0')));
    const decisions: string[] = [];
    for (const one of asks) decisions.push(await charge(one, 0, passed));
    expect(count(decisions, 'go')).toBe(3);
  });

  test('few people of a country wait for bots no more once these are gone', async () => {
    const people = spread(6);
    for (const one of people.slice(0, 4)) {
      await charge(one, 0, passed);
      await giveBack(one);
    }
    const decisions: string[] = [];
    for (let from = 100; from < 2100; from += 20) {
      now += 400_000;
      const [bot, ...others] = spread(20, from) as [Asked, ...Asked[]];
      await Promise.all(others.map((one, index) => inTurn(index).recordFailedCheck(one)));
      decisions.push(await charge(bot, 0, passed));
    }
    expect(count(decisions, 'go')).toBeGreaterThan(budgets.country.clean);
    now += 36 * hour;
    expect(await charge(people[4] as Asked)).toBe('check');
    expect(await charge(people[4] as Asked, 0, passed)).toBe('go');
    expect(await charge(people[5] as Asked, 1, passed)).toBe('go');
  });

  test('people of a country where many are wait for bots no more once these are gone', async () => {
    const few = {
      ...policy,
      budgets: { ...budgets, served: { ...budgets.served, hard: 30, clean: 30, perVerified: 0 } },
    };
    const decide = async (one: Asked) => (await inTurn(0).charge(one, few, passed)).decision;
    for (const one of block(10)) {
      await decide(one);
      await giveBack(one);
    }
    const decisions: string[] = [];
    for (let from = 100; from < 1100; from += 20) {
      const [bot, ...others] = spread(20, from) as [Asked, ...Asked[]];
      await Promise.all(others.map((one, index) => inTurn(index).recordFailedCheck(one)));
      decisions.push(await decide(bot));
    }
    expect(count(decisions, 'go')).toBeGreaterThanOrEqual(30);
    now += 9 * hour;
    for (const one of spread(20, 2000)) expect(await decide(one)).toBe('go');
  });

  test('while bots ask, what a few have typed in lets as many more people of their country in', async () => {
    for (const one of spread(2)) {
      await charge(one, 0, passed);
      await giveBack(one);
    }
    for (const one of spread(4, 10)) await inTurn(0).recordFailedCheck(one);
    expect(count(await chargeAll(spread(20, 100), passed), 'go')).toBe(budgets.country.hard + 2);
  });

  test('numbers where nobody lives meet the check early where nearly all people live elsewhere, however many come', async () => {
    for (const one of spread(10)) {
      await charge(one, 0, passed);
      await giveBack(one);
    }
    now += 96 * hour;
    const launch = Array.from({ length: 60 }, (_, index) =>
      asked(`000${index % 10}${String(100 + index * 7).padStart(4, '0')}`),
    );
    for (const one of launch) {
      await charge(one, 0, passed);
      await giveBack(one);
    }
    expect(count(await chargeAll(spread(20, 1000)), 'go')).toBe(budgets.served.softAfterwards);
    expect(await charge(asked('00017777'))).toBe('go');
  });

  test('bots that come back within days meet the check early', async () => {
    await attack();
    now = start + 12 * hour;
    expect(count(await chargeAll(spread(20, 1000)), 'go')).toBe(budgets.served.softAfterwards);
  });

  test('a back end that never checks a code here may send a multiple of what it usually does; others are as people are', async () => {
    const from = (of: readonly Asked[], caller: string) =>
      of.map((one) => ({ ...one, caller, devices: [{ name: `${caller}/${one.phone}` }] }));
    const sent = async (of: readonly Asked[]) => count(await chargeAll(of, passed), 'go');
    const name = `application/${country}`;
    expect(await sent(from(spread(800), name))).toBe(budgets.unheard.country);
    expect((await room()) ?? 0).toBe(0);
    for (let day = 1; day < 15; day += 1) {
      now = start + day * 24 * hour;
      expect(await sent(from(spread(200), name))).toBe(200);
    }
    now += 24 * hour;
    expect(await sent(from(spread(3000), name))).toBeLessThan(1000);
    const heard = `application/${country}-heard`;
    await giveBack({ ...asked('12340000'), caller: heard });
    expect(await sent(from(spread(200, 5000), heard))).toBeLessThanOrEqual(budgets.country.clean + 1);
  });

  test('what a back end sends to each place is read only where it checks no codes', async () => {
    const one = { ...asked('00010001'), address: '198.18.0.1', caller: `application/${country}` };
    const places = () => looked.filter((scope) => scope.startsWith(`caller:${one.caller}/`)).length;
    await charge(one);
    expect(places()).toBe(2);
    await giveBack(one);
    expect(places()).toBe(0);
    await charge({ ...one, phone: `${one.phone}1` });
    expect(places()).toBe(0);
  });

  test('a back end that names nobody sends as it likes, and takes no room from others', async () => {
    const caller = `application/${country}`;
    expect(count(await chargeAll(spread(800).map((one) => ({ ...one, caller }))), 'go')).toBe(800);
    expect((await room()) ?? 0).toBe(0);
    const closed = { ...policy, countries: { mode: 'deny' as const, list: [country] } };
    expect((await inTurn(0).charge({ ...asked('77770000'), caller }, closed)).decision).toBe('refuse');
  });

  test('lets no more through after a process was killed than before', async () => {
    const sends = spread(budgets.country.clean + 10);
    const dummy = stores[0]?.db.updateTable('guard_attacks').set({ refused: 0 }).compile();
    for (const one of sends.slice(0, budgets.country.clean)) {
      await charge(one, 0, passed);
      // The send itself, which is recorded before its message goes out.
      await stores[0]?.atomically([dummy as never], [one.phone]);
    }
    // What is on the disk at this moment is all that a process that takes over finds.
    const successor = await openStore(place.location);
    const decisions = await Promise.all(
      sends.slice(budgets.country.clean).map((one) => newGuard(successor).charge(one, policy, passed)),
    );
    await successor.close();
    expect(decisions.map(({ decision }) => decision)).toEqual(Array.from({ length: 10 }, () => 'refuse'));
  });

  test('goes on where it was after a restart', async () => {
    await chargeAll(block(20), passed);
    await Promise.all(stores.map((store) => store.flush()));
    const restarted = newGuard(stores[0] as Store);
    expect(await restarted.charge(asked('00070001'), policy, passed)).toMatchObject({ decision: 'refuse' });
  });

  test('a policy that changes in the middle of an attack counts from the next message on', async () => {
    expect(count(await chargeAll(spread(30), passed), 'go')).toBe(30);
    const closed = { ...policy, countries: { mode: 'deny' as const, list: [country] } };
    const strict = { ...policy, budgets: { ...budgets, country: { ...budgets.country, clean: 10 } } };
    expect(await inTurn(0).charge(asked('77770000'), closed)).toMatchObject({ raises: [], decision: 'refuse' });
    expect((await inTurn(1).charge(asked('77770000'), strict, passed)).decision).toBe('refuse');
    expect(await charge(asked('77770000'), 0, passed)).toBe('go');
  });
});
