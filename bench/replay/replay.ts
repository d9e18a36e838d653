import { parsePhone } from '@sesame/connector-kit';
import { createGuard, type GuardPolicy } from '../../packages/server/src/protection/guard.ts';
import type { Asked } from '../../packages/server/src/protection/scopes.ts';
import type { Ledger } from '../../packages/server/src/store/guard-budgets.ts';
import { createLedger } from '../../packages/server/src/store/guard-ledger.ts';
import type { Store } from '../../packages/server/src/store/store.ts';
import type { TraceEvent } from './event.ts';
import { priceOf } from './price.ts';

/** What became of the asks from a country, of one kind. `asked` is `sent` + `refused` + `failedChecks`. */
export type Outcome = {
  country: string;
  kind: TraceEvent['kind'];
  asked: number;
  sent: number;
  /** How many were asked for a human check, whatever came of it. */
  checked: number;
  refused: number;
  /** How many did not pass it. */
  failedChecks: number;
  /** US$. */
  cost: number;
};

/** People type a code in so long after they have asked for it. */
export const answerMs = 20_000;
/** A trace may begin at zero, where a store takes a time for one that was never set. */
const firstDay = Date.UTC(2026, 0, 1);

/** Runs a trace through the guard and a store, by the clock of the trace. */
export const createReplay = ({ store, policy }: { store: Store; policy: GuardPolicy }) =>
  createReplayOn(createLedger(store), policy);

/** The same on budgets that are kept anywhere. */
export function createReplayOn(ledger: Ledger, policy: GuardPolicy) {
  let now = firstDay;
  const guard = createGuard({ ledger, platform: { now: () => now } });
  const outcomes = new Map<string, Outcome>();
  const answers: { at: number; asked: Asked }[] = [];
  let answered = 0;

  async function answerUntil(at: number): Promise<void> {
    for (;;) {
      const next = answers[answered];
      if (!next || next.at > at) break;
      answered += 1;
      now = next.at;
      await guard.giveBack(next.asked, policy.budgets);
    }
    if (answered > 10_000) answers.splice(0, answered);
    if (answered > answers.length) answered = 0;
  }

  /** The decision that holds, and whether a check was asked for on the way. */
  async function ask(asked: Asked, event: TraceEvent) {
    let isChecked = false;
    for (;;) {
      const { decision } = await guard.charge(asked, policy, { checkPassed: isChecked });
      if (decision !== 'check') return { decision, isChecked };
      isChecked = true;
      await guard.recordFailedCheck(asked);
      if (!event.passesCheck) return { decision, isChecked };
      await guard.recordPassedCheck(asked);
    }
  }

  return {
    /** The next line of the trace. */
    async run(event: TraceEvent): Promise<void> {
      const at = firstDay + Math.round(event.at * 1000);
      await answerUntil(at);
      now = Math.max(now, at);
      const number = parsePhone(event.phone);
      const country = number?.country;
      const asked: Asked = {
        phone: number?.e164 ?? event.phone,
        country,
        address: event.network === '' ? undefined : event.network,
        devices: event.device === null ? [] : [{ name: event.device }],
      };
      const key = `${country ?? 'none'}/${event.kind}`;
      const counts = { asked: 0, sent: 0, checked: 0, refused: 0, failedChecks: 0, cost: 0 };
      const outcome = outcomes.get(key) ?? { country: country ?? 'none', kind: event.kind, ...counts };
      outcomes.set(key, outcome);
      const { decision, isChecked } = await ask(asked, event);
      outcome.asked += 1;
      if (isChecked) outcome.checked += 1;
      if (decision === 'refuse') outcome.refused += 1;
      if (decision === 'check') outcome.failedChecks += 1;
      if (decision !== 'go') return;
      outcome.sent += 1;
      outcome.cost += priceOf(country);
      if (event.answers) answers.push({ at: now + answerMs, asked });
    },

    outcomes: (): Outcome[] =>
      [...outcomes.values()]
        .toSorted((a, b) => (`${a.country}/${a.kind}` < `${b.country}/${b.kind}` ? -1 : 1))
        .map((outcome) => ({ ...outcome, cost: Math.round(outcome.cost * 10_000) / 10_000 })),
  };
}
