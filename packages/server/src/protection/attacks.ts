import { newId, type Platform } from '../platform.ts';
import { countAttackSends, listAttackParts, listAttacks, noteStopped, quietMs } from '../store/guard-attacks.ts';
import type { Store } from '../store/store.ts';
import type { Reason } from './decide.ts';
import { networksOf } from './networks.ts';
import { type Asked, blockOf } from './scopes.ts';

/** Sends to one country that the guard stopped one after the other. Times in milliseconds since the epoch. */
export type Attack = {
  id: string;
  /** ISO 3166-1 alpha-2; null where the numbers do not tell it. */
  country: string | null;
  beganAt: number;
  /** When something was stopped last. */
  lastAt: number;
  /** Whether nothing was stopped for an hour. */
  isOver: boolean;
  refused: number;
  /** Asked for a human check, and not passed. */
  failedChecks: number;
  /** Would have been stopped, where decisions are recorded only. */
  recorded: number;
  /** Codes that went out to the country meanwhile, and in the hour before, which nobody has typed in. */
  sent: number;
  /** What these cost by their records, in millionths; one entry for each currency. */
  costs: { cost: number; currency: string }[];
  /** The blocks of numbers and the networks that most was stopped of, most first. */
  ranges: { range: string; stopped: number }[];
  networks: { network: string; stopped: number }[];
};

/** What became of a send that did not simply go; a failed check is taken back where it is passed, or cannot be. */
export type Outcome = 'refused' | 'failed-check' | 'taken-back' | 'recorded';

/** One refusal or two are people who ask too often. */
const fewestStopped = 5;
const partsShown = 20;

/** Makes entries of what the guard stops: one for all that comes together. */
export function createAttacks({ store, platform }: { store: Store; platform: Platform }) {
  return {
    /** Counts a send. Resolves when it is written; nobody has to wait. */
    async note({ phone, country, address }: Asked, outcome: Outcome, reasons: readonly Reason[]): Promise<void> {
      // Whoever asks for one number again and again attacks nobody.
      if (reasons.every(({ scope, rule }) => rule === 'unverified' && scope.startsWith('number:'))) return;
      const isTakenBack = outcome === 'taken-back';
      await noteStopped(store, {
        id: newId(platform),
        country: country ?? 'none',
        at: platform.now(),
        refused: outcome === 'refused' ? 1 : 0,
        failedChecks: outcome === 'failed-check' ? 1 : isTakenBack ? -1 : 0,
        recorded: outcome === 'recorded' ? 1 : 0,
        parts: isTakenBack
          ? []
          : [
              { kind: 'range', name: blockOf(phone) },
              ...(address ? [{ kind: 'network' as const, name: networksOf(address)[1].name }] : []),
            ],
      });
    },

    /** The attacks that stopped a handful or more, newest first, from before the one that was listed last. */
    async list(page: { limit: number; before?: { at: number; id: string } | undefined }): Promise<Attack[]> {
      const rows = await listAttacks(store, { ...page, atLeast: fewestStopped });
      const attacks = rows.map(({ id }) => id);
      const [parts, sends] = await Promise.all([
        listAttackParts(store, { attacks, limit: partsShown }),
        countAttackSends(store, attacks),
      ]);
      const of = (attack: string, wanted: string) =>
        parts.filter(({ attack_id, kind }) => attack_id === attack && kind === wanted);
      const now = platform.now();
      return rows.map(({ id, country, began_at, last_at, failed_checks, ...row }) => ({
        id,
        country: country === 'none' ? null : country,
        beganAt: began_at,
        lastAt: last_at,
        isOver: last_at <= now - quietMs,
        refused: row.refused,
        failedChecks: failed_checks,
        recorded: row.recorded,
        sent: sends.reduce((total, one) => total + (one.attack_id === id ? one.sent : 0), 0),
        costs: sends.filter(({ attack_id, currency }) => attack_id === id && currency !== ''),
        ranges: of(id, 'range').map(({ name, stopped }) => ({ range: name, stopped })),
        networks: of(id, 'network').map(({ name, stopped }) => ({ network: name, stopped })),
      }));
    },
  };
}
export type Attacks = ReturnType<typeof createAttacks>;
