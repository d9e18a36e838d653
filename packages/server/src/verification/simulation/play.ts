import type { FraudPolicy } from '../../experience/fraud-policy.ts';
import { createGuard } from '../../protection/guard.ts';
import { capsFor, usesOf } from '../../protection/money/caps.ts';
import type { Asked } from '../../protection/scopes.ts';
import { createLedger } from '../../store/guard-ledger.ts';
import type { RecordedSend } from '../../store/recorded-sends.ts';
import type { Spent } from '../../store/spendings.ts';
import type { Store } from '../../store/store.ts';
import { guardPolicyOf } from '../guarding.ts';

/** What would have become of the codes to a country. */
export type Simulated = {
  /** ISO 3166-1 alpha-2; null where the numbers do not tell it. */
  country: string | null;
  /** Codes that were sent, and how many of them were typed in. */
  messages: number;
  verified: number;
  /** Of these, how many would have gone out, after a human check or at once, and how many not. */
  sent: number;
  refused: number;
  /** How many people would have been asked for a human check. */
  checked: number;
  /** How many would not have gone out that were typed in: people. */
  verifiedRefused: number;
  /** What all of them cost, and what those that would not have gone out did, in millionths. */
  cost: number;
  saved: number;
};

/** What is played: codes that were sent, oldest first, and the policy that they are held against. */
export type Play = { sends: readonly RecordedSend[]; policy: FraudPolicy; currency: string };

/**
 * Plays codes that were sent again, by the decisions of the guard and a store of its own, by the clock of the record. Of
 * whoever asked nothing is recorded but the number: networks and browsers decide nothing here. Who typed a code in would
 * have passed a human check, and nobody else.
 */
export async function play(store: Store, { sends, policy, currency }: Play): Promise<Simulated[]> {
  let now = 0;
  const guard = createGuard({ ledger: createLedger(store), platform: { now: () => now } });
  const guardPolicy = guardPolicyOf(policy);
  const byCountry = new Map<string | null, Simulated>();
  const spent = new Map<string, Spent>();
  const answers = sends
    .flatMap(({ verified_at }, index) => (verified_at === null ? [] : [{ at: verified_at, index }]))
    .toSorted((one, other) => one.at - other.at);
  const gone = new Set<number>();
  let answered = 0;

  const askedBy = ({ recipient, country }: RecordedSend): Asked => ({
    phone: recipient,
    country: country ?? undefined,
    address: undefined,
    devices: [],
  });

  async function answerUntil(at: number): Promise<void> {
    for (; answered < answers.length; answered += 1) {
      const next = answers[answered];
      if (!next || next.at > at) return;
      const send = sends[next.index];
      now = next.at;
      if (send && gone.has(next.index)) await guard.giveBack(askedBy(send), guardPolicy.budgets);
    }
  }

  /** Counts a send in its periods, unless one is over its cap. */
  function spend({ country, cost }: RecordedSend, isKnown: boolean): boolean {
    const caps = capsFor(policy, { country: country ?? undefined, currency, now });
    const uses = usesOf(caps, [...spent.values()]);
    if (!isKnown && uses.some(({ share }) => share >= 1)) return false;
    for (const { key, messages, cost: before } of uses) {
      spent.set(key, { key, messages: messages + 1, cost: before + (cost ?? 0) });
    }
    return true;
  }

  /** Whether it goes out, and whether somebody was asked for a check before. */
  async function ask(send: RecordedSend): Promise<{ goes: boolean; isChecked: boolean }> {
    const asked = askedBy(send);
    for (let isChecked = false; ; isChecked = true) {
      const { decision, raises, isKnown = false } = await guard.charge(asked, guardPolicy, { checkPassed: isChecked });
      if (decision === 'refuse') return { goes: false, isChecked };
      if (decision === 'check') {
        await guard.recordFailedCheck(asked);
        if (send.verified_at === null) return { goes: false, isChecked: true };
        await guard.recordPassedCheck(asked);
        continue;
      }
      const goes = spend(send, isKnown);
      if (!goes) await guard.takeBack(raises, guardPolicy.budgets);
      return { goes, isChecked };
    }
  }

  for (const [index, send] of sends.entries()) {
    await answerUntil(send.created_at);
    now = send.created_at;
    const { goes, isChecked } = policy.mode === 'enforce' ? await ask(send) : { goes: true, isChecked: false };
    if (goes) gone.add(index);
    const before = byCountry.get(send.country) ?? nothing(send.country);
    byCountry.set(send.country, counted(before, send, { goes, isChecked }));
  }
  return [...byCountry.values()].toSorted((one, other) => other.messages - one.messages);
}

const nothing = (country: string | null): Simulated => ({
  ...{ country, messages: 0, verified: 0, sent: 0, refused: 0, checked: 0, verifiedRefused: 0, cost: 0, saved: 0 },
});

function counted(before: Simulated, send: RecordedSend, { goes, isChecked }: { goes: boolean; isChecked: boolean }) {
  const cost = send.cost ?? 0;
  const isVerified = send.verified_at !== null;
  return {
    ...before,
    messages: before.messages + 1,
    verified: before.verified + (isVerified ? 1 : 0),
    sent: before.sent + (goes ? 1 : 0),
    refused: before.refused + (goes ? 0 : 1),
    checked: before.checked + (isChecked ? 1 : 0),
    verifiedRefused: before.verifiedRefused + (isVerified && !goes ? 1 : 0),
    cost: before.cost + cost,
    saved: before.saved + (goes ? 0 : cost),
  };
}
