import { createHash } from 'node:crypto';
import type { Platform } from '../../platform.ts';
import { passing } from '../../secrets/purposes.ts';
import type { SecretKeys } from '../../secrets/secret-keys.ts';
import {
  findPassedCheck,
  forgettingPassedCheck,
  giveCheckedMessageBack,
  giveWholeCheckBack,
  isCheckUsed,
  takeCheckedMessage,
  takeWholeCheck,
  usePassedCheck,
} from '../../store/checked-people.ts';
import type { Held } from '../../store/held.ts';
import type { Store } from '../../store/store.ts';
import { createCheckConfiguration } from './configuration.ts';
import type { Answer, Question, Sources, Verdict } from './provider.ts';
import { builtIn, type CheckConfig, type GivenConfig, providerOf } from './providers.ts';

/** So many messages may be asked for after a check: the first, and those that do not come or went to a mistyped number. */
export const messagesPerCheck = 5;
const messagesPerWait = 1;
/** For how long a look at a provider holds, whether it answers and takes the keys; and where an answer raises doubts. */
const lookedMs = 60_000;
const suspectedMs = 5_000;
/** As long as a sign-in may take. */
const passedMs = 30 * 60_000;
/** How long whoever has waited may take to go on. */
const waitedMs = 30 * 60_000;

/** No answer: only a wrong key, or no way to the provider, can go wrong. */
const noAnswer: Answer = { token: 'test', subject: '', address: '' };

/** What was taken of a check that was passed. */
export type TakenCheck = {
  /** What was passed. */
  as: 'check' | 'wait';
  /** For a message that a failure of ours has kept from being. */
  giveBack: () => Promise<void>;
};

type Wait = { id: string; subject: string; from: number; until: number };
type Deps = {
  store: Store;
  platform: Platform;
  held: Held;
  secretKeys: SecretKeys;
  publicUrl: string;
  /** Told of what only the operator can mend. */
  onTrouble: (detail: string) => void;
};

/**
 * Tells people from programs, between *go* and *no*. Who asks is a subject, for example `flow:<id>`; what it has passed
 * holds for it alone. Why it is made like this: docs/decisions/0028-human-checks-and-test-numbers.md.
 */
export function createHumanCheck({ store, platform, held, secretKeys, publicUrl, onTrouble }: Deps) {
  const provider = createCheckConfiguration({ store, platform, held, secretKeys });
  const ownHostname = new URL(publicUrl).hostname;

  const askingOf = (config: CheckConfig) => {
    const more = 'hostnames' in config ? (config.hostnames ?? []) : [];
    return { platform, secretKeys, config, hostnames: [ownHostname, ...more] };
  };
  const current = async () => (await provider.read()) ?? builtIn;
  let looked: { at: number; isAway: Promise<boolean> } | undefined;

  /** Asks the provider about an answer of our own: what browsers bring, or do not, tells nothing of it. */
  async function look(): Promise<boolean> {
    const config = await current();
    if (config.type === 'Altcha') return false;
    const verdict = await providerOf(config).verify(noAnswer, askingOf(config));
    if (verdict.passed || !isTrouble(verdict)) return false;
    onTrouble(`${config.type}: ${verdict.reason}. ${verdict.detail ?? ''}`);
    return true;
  }

  /** Whether nobody can pass, by a look that is no older than so many milliseconds. */
  function isAway(heldMs: number): Promise<boolean> {
    const now = platform.now();
    if (!looked || now - looked.at >= heldMs || now < looked.at)
      looked = { at: now, isAway: look().catch(() => false) };
    return looked.isAway;
  }
  const wasAwayNow = async () => looked !== undefined && platform.now() - looked.at < suspectedMs && looked.isAway;

  /** Lets a subject pass by something that counts once. @returns whether it had not counted yet */
  function passOnce(subject: string, by: { used: string; lifetimeMs: number; messages: number }): Promise<boolean> {
    const now = platform.now();
    const passed = { subject, messages_left: by.messages, expires_at: now + passedMs };
    return usePassedCheck(store, { digest: digestOf(by.used), expires_at: now + by.lifetimeMs }, passed);
  }

  return {
    provider,

    /** What the browser of a subject needs to be checked, and where it loads it from. */
    async ask(subject: string): Promise<{ question: Question; sources: Sources }> {
      const config = await current();
      const { question, sources } = providerOf(config);
      return { question: await question(subject, askingOf(config)), sources: sources(config) };
    },

    /** What everybody may know of the provider. */
    async shown(): Promise<Question> {
      const config = await current();
      const { type } = config;
      return type === 'Altcha' ? { type } : providerOf(config).question('', askingOf(config));
    },

    /**
     * Takes an answer, once. Where it is right, its subject has passed. What an answer alone gets a provider to say is a
     * fault of the answer.
     */
    async answer(answer: Answer): Promise<Verdict> {
      const config = await current();
      const { verify, usedAs = String, lifetimeMs } = providerOf(config);
      if (await wasAwayNow()) return { passed: false, reason: 'unreachable' };
      const used = usedAs(answer.token) ?? '';
      if (await isCheckUsed(store, digestOf(used))) return { passed: false, reason: 'used' };
      const verdict = await verify(answer, askingOf(config));
      if (verdict.passed) {
        const by = { used, lifetimeMs, messages: messagesPerCheck };
        return (await passOnce(answer.subject, by)) ? verdict : { passed: false, reason: 'used' };
      }
      return isTrouble(verdict) && !(await isAway(suspectedMs)) ? { passed: false, reason: 'wrong' } : verdict;
    },

    /** Whether nobody can pass: the provider does not answer, or not to our keys. It is asked once a minute at most. */
    isAway: (): Promise<boolean> => isAway(lookedMs),

    /** Asks a provider about an answer that is none. */
    async probe(given: GivenConfig): Promise<Verdict> {
      const config = await provider.complete(given);
      const verdict = await providerOf(config).verify(noAnswer, askingOf(config));
      return isTrouble(verdict) ? verdict : { passed: true };
    },

    /** The ticket of somebody who waits instead: it counts after so many seconds. */
    waitTicket(subject: string, seconds: number): string {
      const from = platform.now() + seconds * 1000;
      const wait: Wait = { id: platform.randomUUID(), subject, from, until: from + waitedMs };
      return secretKeys.encrypt(JSON.stringify(wait), passing.wait);
    },

    /** From when on a ticket counts, in milliseconds since the epoch; nothing for one that is not this subject's. */
    waitsUntil(subject: string, ticket: string): number | undefined {
      const wait = readWait(ticket);
      return wait?.subject === subject && wait.until > platform.now() ? wait.from : undefined;
    },

    /** Takes a ticket, once. It is good for one message. @returns whether it counts */
    async answerWait(subject: string, ticket: string): Promise<boolean> {
      const from = this.waitsUntil(subject, ticket);
      if (from === undefined || from > platform.now()) return false;
      // The text of a ticket can be written in more than one way.
      const used = `wait ${readWait(ticket)?.id}`;
      return passOnce(subject, { used, lifetimeMs: waitedMs * 2, messages: messagesPerWait });
    },

    /** Takes one of the messages that the subject may ask for after its check, if there is one. */
    async takeMessage(subject: string): Promise<TakenCheck | undefined> {
      if (!(await takeCheckedMessage(store, subject, platform.now()))) return undefined;
      return { as: 'check', giveBack: () => giveCheckedMessageBack(store, subject) };
    },

    /** Takes all of the messages, if there are any: where bots ask, each takes a check of its own. */
    async takeAll(subject: string): Promise<TakenCheck | undefined> {
      const taken = await takeWholeCheck(store, subject, platform.now());
      if (!taken) return undefined;
      const as = taken.messages_left === messagesPerWait ? 'wait' : 'check';
      return { as, giveBack: () => giveWholeCheckBack(store, taken) };
    },

    /** Whether the subject has passed a check. */
    hasPassed: async (subject: string): Promise<boolean> =>
      (await findPassedCheck(store, subject, platform.now())) !== undefined,

    /** The statement that forgets what the subject has passed. */
    forgetting: (subject: string) => forgettingPassedCheck(store, { subject }),
  };

  function readWait(ticket: string): Wait | undefined {
    try {
      return JSON.parse(secretKeys.decrypt(ticket, passing.wait)) as Wait;
    } catch {
      return undefined;
    }
  }
}

const digestOf = (used: string): string => createHash('sha256').update(used).digest('base64');

/** Whether only the operator can do something about it. */
export const isTrouble = (verdict: Verdict): boolean =>
  !verdict.passed && (verdict.reason === 'misconfigured' || verdict.reason === 'unreachable');

export type HumanCheck = ReturnType<typeof createHumanCheck>;
