import type { Platform } from '../platform.ts';
import { closeScope, type GiveBack, listBudgets, noteCheck } from '../store/guard-budgets.ts';
import type { Store } from '../store/store.ts';
import { type Budgets, bonusOf, type Figures, figuresOf } from './budgets.ts';
import { type Decision, decide } from './decide.ts';
import { type Asked, type Scopes, scopesOf, sharedOf } from './scopes.ts';

/** What the guard goes by. */
export type GuardPolicy = {
  countries: { mode: 'allow' | 'deny'; list: readonly string[] };
  budgets: Budgets;
  /** Numbers by what they begin with, and networks by how budgets name them, that always or never pass. */
  always: { prefixes: readonly string[]; networks: readonly string[] };
  never: { prefixes: readonly string[]; networks: readonly string[] };
};

/** Watches over what sends cost: decides on each, and keeps what it decides by. */
export function createGuard({ store, platform }: { store: Store; platform: Pick<Platform, 'now'> }) {
  async function figuresFor(scopes: readonly string[]) {
    const asked = [...new Set(scopes.flatMap((scope) => [scope, sharedOf(scope)]))];
    const rows = new Map((await listBudgets(store, asked)).map((row) => [row.scope, row]));
    const now = platform.now();
    return (scope: string): Figures => {
      const figures = figuresOf(rows.get(scope), now);
      const shared = sharedOf(scope);
      if (shared === scope) return figures;
      const { sent, verified, recent } = figuresOf(rows.get(shared), now);
      return { ...figures, sent, verified, recent };
    };
  }

  async function note(asked: Asked, outcome: 'passed' | 'failed'): Promise<void> {
    const { block, country, networks } = scopesOf(asked);
    await noteCheck(store, { outcome, scopes: [block, country, ...networks], now: platform.now() });
  }

  return {
    /** Decides on a send. What it takes if it goes is raised with the send itself. */
    async decide(asked: Asked, policy: GuardPolicy, { checkPassed = false } = {}): Promise<Decision> {
      const scopes = scopesOf(asked);
      const figures = await figuresFor(all(scopes));
      const now = platform.now();
      const decision = decide({
        scopes,
        isServedByPolicy: servesCountry(policy, asked.country),
        listed: listedIn(policy, asked, scopes),
        checkPassed,
        figures,
        budgets: policy.budgets,
        now,
      });
      if (decision.closes) await closeScope(store, { ...decision.closes, now });
      return decision;
    },

    /** What a right code for a number gives back. */
    async givesBack(asked: Asked): Promise<GiveBack> {
      const scopes = scopesOf(asked);
      const country = (await figuresFor([scopes.country]))(scopes.country);
      const shared = [
        { scope: scopes.block, bonus: 1000 },
        { scope: scopes.country, bonus: Math.round(1000 * bonusOf(country)) },
        ...scopes.networks.map((scope) => ({ scope, bonus: 1000 })),
      ].toSorted((a, b) => (a.scope < b.scope ? -1 : 1));
      const own = [scopes.knownNumber, ...scopes.devices.map(({ scope }) => scope)];
      return { now: platform.now(), number: scopes.number, shared, own };
    },

    /** Counts a human check that is asked for as one that fails: failures keep the check on, and keep networks out. */
    recordFailedCheck: (asked: Asked): Promise<void> => note(asked, 'failed'),

    /** Takes one failure back, and counts a check that was passed: a few failures among many are nothing. */
    recordPassedCheck: (asked: Asked): Promise<void> => note(asked, 'passed'),
  };
}
export type Guard = ReturnType<typeof createGuard>;

const all = ({ number, knownNumber, block, country, networks, devices }: Scopes) => [
  ...new Set([number, knownNumber, block, country, ...networks, ...devices.map(({ scope }) => scope)]),
];

/** Whether a policy serves a country; none where numbers do not tell it. */
export const servesCountry = (
  { countries: { mode, list } }: Pick<GuardPolicy, 'countries'>,
  country: string | undefined,
): boolean =>
  mode === 'allow' ? country !== undefined && list.includes(country) : country === undefined || !list.includes(country);

function listedIn({ always, never }: GuardPolicy, { phone }: Asked, { networks }: Scopes) {
  const isOn = (list: GuardPolicy['always']) =>
    list.prefixes.some((prefix) => phone.startsWith(prefix)) ||
    list.networks.some((network) => networks.includes(`network:${network}`));
  if (isOn(never)) return 'never' as const;
  return isOn(always) ? ('always' as const) : undefined;
}
