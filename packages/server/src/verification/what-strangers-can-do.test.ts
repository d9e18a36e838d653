import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newDevices, strangerFrom } from '../../../../test/setup/clients.ts';
import { messageRow } from '../../../../test/setup/message-row.ts';
import { newStore } from '../../../../test/setup/stores.ts';
import { backupCodeGuesses } from '../accounts/backup-codes.ts';
import { passwordWindowMs } from '../accounts/password-attempts.ts';
import { totpGuesses } from '../accounts/totp.ts';
import { userAttemptLimits } from '../accounts/user-passwords.ts';
import { createUsers } from '../accounts/users.ts';
import { administratorAttemptLimits } from '../admin/sessions.ts';
import { defaultSignInExperience } from '../experience/sign-in-experience.ts';
import { keyed } from '../messaging/recipient.ts';
import { platform as realPlatform } from '../platform.ts';
import { maxPerNetwork, networkWindowMs } from '../sign-in/network-limits.ts';
import { checkCode } from '../store/checks.ts';
import { failurePolicy } from '../store/failure-policy.ts';
import { beginSend } from '../store/sends.ts';
import type { Store } from '../store/store.ts';
import { sendLimitsOf, strangersShare } from './send-limits.ts';

const start = 1_800_000_000_000;
const dayMs = 24 * 60 * 60_000;
const networks = [1, 100, 10_000] as const;

const { messageRateLimitPolicy: sends, verificationCodePolicy } = defaultSignInExperience;
const perNumber = sends.maxSendsPerRecipient ?? 0;
const perNetwork = sends.maxSendsPerAddress ?? 0;
const sendWindows = dayMs / (sends.sendWindow * 1000);
const passwordWindows = dayMs / passwordWindowMs;
const codeWindows = dayMs / networkWindowMs;
/** What docs/operations.md proposes. */
const maxSendsTotal = 500;

/** Wrong codes that strangers get taken in so many milliseconds, from none in a row on. */
function guessesAtNumber(withinMs: number): number {
  let [guesses, clock] = [0, 0];
  while (clock < withinMs && guesses < failurePolicy.maxStrangerFailures) {
    guesses += 1;
    const doublings = guesses - failurePolicy.firstWaitAt;
    if (doublings >= 0) clock += Math.min(failurePolicy.maxWaitMs, 1000 * 2 ** doublings);
  }
  return guesses;
}

const allSends = (n: number) => n * perNetwork * sendWindows;
const limitedSends = (n: number) =>
  Math.min(n * perNetwork, Math.ceil(maxSendsTotal * strangersShare) + maxSendsTotal) * sendWindows;
const codes = (n: number, messages: number) =>
  Math.min(n * maxPerNetwork.code * codeWindows, messages * verificationCodePolicy.maxRetryAttempts);
const passwordsAt = (limits: { perName: number; perAddress: number }, n: number) =>
  Math.min(limits.perName, n * limits.perAddress) * passwordWindows;

const rows: [what: string, figure: (n: number) => number][] = [
  ['messages to one number', (n) => Math.min(perNumber, n * perNetwork) * sendWindows],
  ['guesses at the codes of one number, the first day', () => guessesAtNumber(dayMs)],
  ['guesses at the password of one name', (n) => passwordsAt(userAttemptLimits, n)],
  ['guesses at the password of one administrator', (n) => passwordsAt(administratorAttemptLimits, n)],
  ['messages in all, without `maxSendsTotal`', allSends],
  ['messages in all, with `maxSendsTotal` at 500', limitedSends],
  ['guesses at codes in all, without `maxSendsTotal`', (n) => codes(n, allSends(n))],
  ['guesses at codes in all, with `maxSendsTotal` at 500', (n) => codes(n, limitedSends(n))],
  ['guesses at passwords in all', (n) => n * userAttemptLimits.perAddress * passwordWindows],
  [
    'guesses at the backup codes of one account, with its password',
    (n) => Math.min(backupCodeGuesses.maxAttempts, n * maxPerNetwork.code) * codeWindows,
  ],
  [
    'guesses at the authenticator app of one account, with its password',
    (n) => Math.min(totpGuesses.maxAttempts, n * maxPerNetwork.code) * (dayMs / totpGuesses.windowMs),
  ],
];

test('the decision says what strangers can do with this policy', async () => {
  const document = new URL('../../../../docs/decisions/0007-limits-and-devices.md', import.meta.url);
  const [, table] = /<!-- computed -->\n(.*)<!-- \/computed -->/s.exec(await readFile(document, 'utf8')) ?? [];
  const figures = rows.map(
    ([what, figure]) => `| ${what} | ${networks.map((n) => figure(n).toLocaleString('en')).join(' | ')} |`,
  );
  const head = ['| In a day | 1 network | 100 networks | 10,000 networks |', '| --- | --- | --- | --- |'];
  expect(table).toBe(`${[...head, ...figures].join('\n')}\n`);
});

describe('one network gets no further in a day', () => {
  let store: Store;
  beforeEach(async () => {
    store = await newStore('SQLite');
  });
  afterEach(() => store.close());

  const figure = (wanted: string) => rows.find(([what]) => what === wanted)?.[1](1);
  const send = (recipient: string, now: number, limits = {}) => {
    const asked = { recipient: keyed(recipient), counter: 'strangers' as const, address: '192.0.2.1', isSecret: false };
    return beginSend(store, {
      message: messageRow({ recipient, created_at: now }),
      code: { flow: 'flow', digest: 'right', expiresAt: now + dayMs },
      limits: sendLimitsOf({ ...defaultSignInExperience, ...limits }, asked).limits,
    });
  };

  test('with messages to one number', async () => {
    let sent = 0;
    for (let now = start; now < start + dayMs; ) {
      const wait = await send('+8613800138000', now);
      if (wait === 0) sent += 1;
      else now += Number(wait);
    }
    expect(sent).toBe(figure('messages to one number'));
  });

  test('with guesses at the codes of one number', async () => {
    let guesses = 0;
    for (let now = start; now < start + dayMs; ) {
      await beginSend(store, {
        message: messageRow({ created_at: now }),
        code: { flow: 'flow', digest: 'right', expiresAt: now + dayMs },
        limits: [],
      });
      const check = { id: randomUUID(), flow: 'flow', recipient: '+8613800138000', digest: 'wrong', maxTries: 10, now };
      const result = await checkCode(store, { ...check, counter: 'strangers' });
      if (result.outcome === 'wrong') guesses += 1;
      else if (result.outcome === 'blocked') now += result.retryAfterMs;
      else expect.fail(result.outcome);
    }
    expect(guesses).toBe(figure('guesses at the codes of one number, the first day'));
  });

  test('with guesses at the password of one name', async () => {
    let now = start;
    const users = createUsers({
      store,
      platform: { ...realPlatform, now: () => now },
      passwords: { hash: async () => '', verify: async () => false, isCurrent: () => true },
      devices: newDevices(store),
    });
    let guesses = 0;
    while (now < start + dayMs) {
      const typed = { password: 'open barley', client: strangerFrom('192.0.2.1') };
      await users.findByPassword({ username: 'ali' }, typed).then(
        () => {
          guesses += 1;
        },
        ({ data }) => {
          now += data.retryAfterSeconds * 1000;
        },
      );
    }
    expect(guesses).toBe(figure('guesses at the password of one name'));
  });
});

test('other spellings of an address bring no further messages to a mailbox', () => {
  const limitsOf = (key: string) =>
    sendLimitsOf(defaultSignInExperience, {
      ...{ recipient: keyed(key), counter: 'strangers' as const, address: '192.0.2.1', isSecret: false },
    }).limits.map((limit) => limit.key);
  expect(limitsOf('ali+shop+2@example.com')).toEqual(limitsOf('ali@example.com'));
  expect(limitsOf('a.l.i+shop@googlemail.com')).toEqual(limitsOf('ali@gmail.com'));
  expect(limitsOf('a.li@example.com')).not.toEqual(limitsOf('ali@example.com'));
  expect(limitsOf('+8613800138000')).toContain('recipient:+8613800138000/strangers');
});
