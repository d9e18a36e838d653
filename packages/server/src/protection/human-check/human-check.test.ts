import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { platform as testPlatform } from '../../../../../test/setup/platform.ts';
import { databases, newStore } from '../../../../../test/setup/stores.ts';
import { deriveSecretKeys } from '../../secrets/secret-keys.ts';
import { createHeld } from '../../store/held.ts';
import type { Store } from '../../store/store.ts';
import { createHumanCheck, type HumanCheck, messagesPerCheck } from './human-check.ts';

const subject = 'flow:one';
const minute = 60_000;

describe.each(databases)('human checks on %s', (database) => {
  let store: Store;
  let now: number;
  let check: HumanCheck;
  beforeEach(async () => {
    store = await newStore(database);
    now = 1_800_000_000_000;
    const platform = { ...testPlatform, now: () => now };
    const held = createHeld({ store, platform });
    const secretKeys = deriveSecretKeys('a secret key of more than 32 characters');
    const publicUrl = 'https://id.example.com';
    check = createHumanCheck({ store, platform, held, secretKeys, publicUrl, onTrouble: () => {} });
    await check.provider.put({ type: 'Altcha', difficulty: 1 });
  });
  afterEach(() => store.close());

  async function solved(who = subject) {
    const challenge = (await check.ask(who)).question.challenge as Challenge;
    return { challenge, solution: await solveChallenge({ challenge, deriveKey }) };
  }
  const toToken = (answer: unknown) => Buffer.from(JSON.stringify(answer)).toString('base64');
  const answer = (token: string, who = subject) => check.answer({ token, subject: who, address: '192.0.2.1' });
  const refused = (reason: string) => ({ passed: false, reason });

  test('a solved challenge counts once, however many bring it at once', async () => {
    const token = toToken(await solved());
    const verdicts = await Promise.all(Array.from({ length: 8 }, () => answer(token)));
    expect(verdicts.filter(({ passed }) => passed)).toHaveLength(1);
    expect(await answer(token)).toEqual(refused('used'));
    expect(await check.hasPassed(subject)).toBe(true);
  });

  test('what could not be noted is not used up, and what was taken in vain is given back', async () => {
    const token = toToken(await solved());
    const ticket = check.waitTicket('flow:two', 0);
    // What was passed stays away while the rest of the database is there.
    const broken = vi
      .spyOn(store, 'atomically')
      .mockImplementation(() => Promise.reject(new Error('The disk is full.')));
    await expect(answer(token)).rejects.toThrow();
    await expect(check.answerWait('flow:two', ticket)).rejects.toThrow();
    broken.mockRestore();
    expect(await answer(token)).toEqual({ passed: true });
    expect(await check.answerWait('flow:two', ticket)).toBe(true);
    await (await check.takeMessage(subject))?.giveBack();
    const all = await check.takeAll(subject);
    await all?.giveBack();
    const taken = await Promise.all(Array.from({ length: 12 }, () => check.takeMessage(subject)));
    expect(taken.filter(Boolean)).toHaveLength(messagesPerCheck);
    await all?.giveBack();
    expect(await check.takeMessage(subject)).toBeUndefined();
  });

  test('all that a check is good for may be taken at once, which tells a wait from a check', async () => {
    await answer(toToken(await solved()));
    const taken = await Promise.all([check.takeAll(subject), check.takeAll(subject)]);
    expect(taken.map((one) => one?.as).toSorted()).toEqual(['check', undefined]);
    expect(await check.takeMessage(subject)).toBeUndefined();
    const ticket = check.waitTicket(subject, 30);
    now += minute;
    expect(await check.answerWait(subject, ticket)).toBe(true);
    expect(await check.takeAll(subject)).toMatchObject({ as: 'wait' });
    await answer(toToken(await solved()));
    now += 31 * minute;
    expect(await check.takeAll(subject)).toBeUndefined();
  });

  test('a solved challenge counts once, in whatever way it is written', async () => {
    const right = await solved();
    const token = toToken(right);
    expect(await answer(token)).toEqual({ passed: true });
    const { challenge, solution } = right;
    const others = [
      `${token} `,
      `${token}!`,
      token.replace(/=+$/, ''),
      toToken({ ...right, more: 1 }),
      toToken({ solution: { ...solution, counter: 1 }, challenge }),
    ];
    for (const other of others) expect(await answer(other), other).toEqual(refused('used'));
  });

  test('a check is good for so many messages of its subject, exactly, and not for ever', async () => {
    expect(await check.takeMessage(subject)).toBeUndefined();
    await answer(toToken(await solved()));
    expect(await check.takeMessage('flow:two')).toBeUndefined();
    const taken = await Promise.all(Array.from({ length: 12 }, () => check.takeMessage(subject)));
    expect(taken.filter(Boolean)).toHaveLength(messagesPerCheck);
    expect(await check.hasPassed(subject)).toBe(true);
    now += 31 * minute;
    expect(await check.hasPassed(subject)).toBe(false);
    await answer(toToken(await solved()));
    await store.atomically([check.forgetting(subject)]);
    expect(await check.takeMessage(subject)).toBeUndefined();
  });

  test('what is not solved, changed, of somebody else, or old, does not count', async () => {
    const right = await solved();
    const { challenge, solution } = right;
    const easier = { ...challenge, parameters: { ...challenge.parameters, keyPrefix: '00' } };
    const wrong = { challenge, solution: { ...solution, derivedKey: '00'.repeat(32) } };
    const wrongs = ['', 'e30=', toToken(null), toToken({ ...right, challenge: easier }), toToken(wrong)];
    for (const token of wrongs) expect(await answer(token), token).toMatchObject(refused('wrong'));
    expect(await answer(toToken(right), 'flow:two')).toEqual(refused('elsewhere'));
    const late = toToken(await solved());
    now += 11 * minute;
    expect(await answer(late)).toEqual(refused('used'));
    expect(await check.hasPassed(subject)).toBe(false);
  });

  test('who waits may ask for one message, once, after the time', async () => {
    const ticket = check.waitTicket(subject, 30);
    expect(await check.answerWait(subject, ticket)).toBe(false);
    now += 30_000;
    expect(check.waitsUntil('flow:two', ticket)).toBeUndefined();
    expect(check.waitsUntil(subject, `${ticket.slice(0, -4)}AAAA`)).toBeUndefined();
    const taken = await Promise.all(Array.from({ length: 5 }, () => check.answerWait(subject, ticket)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await check.takeMessage(subject)).toMatchObject({ as: 'check' });
    expect(await check.takeMessage(subject)).toBeUndefined();
    for (const written of [
      ` ${ticket}`,
      `${ticket}\n`,
      `${ticket}=`,
      ticket.replaceAll('+', '-').replaceAll('/', '_'),
    ]) {
      expect(await check.answerWait(subject, written), written).toBe(false);
    }
  });
});
