import { maskPhone } from '@sesame/connector-kit';
import { ApiError } from '../errors.ts';
import type { FraudPolicy } from '../experience/fraud-policy.ts';
import type { Observer } from '../messaging/observer.ts';
import type { Recipient } from '../messaging/recipient.ts';
import { newId, type Platform } from '../platform.ts';
import { type CapUse, capsFor, type HoldingCap, usesOf, warningShare, withoutLimit } from '../protection/money/caps.ts';
import type { PriceStore } from '../protection/money/prices.ts';
import type { CountSpentBefore } from '../protection/money/spent-before.ts';
import { blockOf } from '../protection/scopes.ts';
import { recordDecision } from '../store/guard-decisions.ts';
import { listSpendings, type Spent } from '../store/spendings.ts';
import type { Store } from '../store/store.ts';
import type { Telling } from '../webhooks/telling.ts';

type Deps = {
  store: Store;
  platform: Platform;
  prices: PriceStore;
  countSpentBefore: CountSpentBefore;
  events: Telling;
  observer: Observer;
};

/** A send as caps know it: to whom, and whether to somebody who is known. */
export type CappedSend = {
  recipient: Recipient;
  isKnown: boolean;
  /** Whether the answer may tell that, where a cap is full; counts it. Absent where it tells nothing (decision 0038). */
  mayTell?: (() => Promise<boolean>) | undefined;
};

/** Counts what is spent against the caps of the policy, says when little is left, and keeps what was refused. */
export function createCapping({ store, platform, prices, countSpentBefore, events, observer }: Deps) {
  /** The caps that this process has told of, and how far they were. */
  const told = new Map<string, number>();

  /** Once when the warning is reached, and once when it is full. */
  function tell({ key, share, period, country }: CapUse): void {
    const level = share >= 1 ? 1 : warningShare;
    if (share < warningShare || (told.get(key) ?? 0) >= level) return;
    if (told.size > 1000) told.clear();
    told.set(key, level);
    observer.capNears({ period, country, share });
    const data = { period, country: country ?? null, share, isFull: share >= 1 };
    events.now({ event: 'Message.BudgetReached', data, once: `${key}:${level}` }).catch(observer.deliveryFailed);
  }

  function keep({ recipient: { key, country } }: CappedSend, full: readonly CapUse[], isEnforced: boolean): void {
    const reasons = full.map((use) => {
      const isByCost = use.maxCost !== null && use.cost >= use.maxCost;
      const scope = `cap:${use.period}/${use.country ?? 'all'}/${isByCost ? `cost/${use.currency}` : 'messages'}`;
      const [value, limit] = isByCost ? [use.cost / 1e6, (use.maxCost ?? 0) / 1e6] : [use.messages, use.maxMessages];
      return { rule: 'cap', scope, value, limit };
    });
    recordDecision(store, {
      id: newId(platform),
      at: platform.now(),
      recipient: maskPhone(key),
      country: country ?? null,
      network: null,
      around: 'caps',
      block: blockOf(key),
      decision: 'refuse',
      is_enforced: isEnforced ? 1 : 0,
      reasons: JSON.stringify(reasons),
    }).catch(observer.guardFailed);
  }

  const usesNow = async (holding: readonly HoldingCap[]): Promise<CapUse[]> => {
    const keys = holding.map(({ key }) => key);
    return usesOf(holding, await listSpendings(store, keys));
  };
  const isFull = ({ share }: CapUse): boolean => share >= 1;

  /** Whether a send goes out whatever was spent. */
  async function isServed({ isKnown, mayTell }: CappedSend, holding: readonly HoldingCap[]): Promise<boolean> {
    if (!isKnown || !mayTell || holding.length === 0) return isKnown;
    return !(await usesNow(holding)).some(isFull) || mayTell();
  }

  return {
    /** The periods that a send is to be counted in, and who is told what they came to; none where there are no caps. */
    async of(send: CappedSend, policy: FraudPolicy) {
      const { recipient, isKnown } = send;
      const { mode } = policy;
      if (recipient.channel !== 'Sms' || mode === 'off') return { holding: [], caps: [] };
      const { currency } = await prices.read();
      const holding = capsFor(policy, { country: recipient.country, currency, now: platform.now() });
      await countSpentBefore(policy, holding);
      const tellSpent = (spent: readonly Spent[]) => {
        const uses = usesOf(holding, spent);
        for (const use of uses) tell(use);
        const over = uses.filter(isOver);
        if (over.length > 0 && mode === 'record' && !isKnown) keep(send, over, false);
      };
      return {
        holding,
        caps: mode === 'record' || (await isServed(send, holding)) ? holding.map(withoutLimit) : holding,
        ...(holding.length > 0 && { tellSpent }),
      };
    },

    /** What is said where a cap is full: to wait for the end of its period. */
    async refusalOf(send: CappedSend, holding: readonly HoldingCap[]): Promise<ApiError> {
      if (!send.isKnown) await send.mayTell?.();
      const full = (await usesNow(holding)).filter(isFull);
      for (const use of full) tell(use);
      keep(send, full, true);
      const endsAt = Math.max(0, ...full.map(({ endsAt: end }) => end));
      const seconds = Math.max(1, Math.ceil((endsAt - platform.now()) / 1000));
      return new ApiError('request.sending_paused', { retryAfterSeconds: seconds });
    },
  };
}
export type Capping = ReturnType<typeof createCapping>;

/** Whether more was spent than would have been, were the cap held. */
const isOver = ({ messages, maxMessages, share, maxCost }: CapUse): boolean =>
  maxMessages !== null && messages > maxMessages ? true : maxCost !== null && share > 1;
