import type { Platform } from '../platform.ts';
import type { BudgetView, Ledger } from '../store/guard-budgets.ts';
import { type Budgets, bonusOf, type Figures, figuresOf, isHostile, isInhabited, rowOf } from './budgets.ts';
import { type Decision, decide, isAtHome, isHeard, mayBeTold, ofSignedIn, type Raise } from './decide.ts';
import { isInNetworks } from './listed-network.ts';
import { type Asked, browserOf, deviceScope, isNameless, type Scopes, scopesOf, sharedOf } from './scopes.ts';

/** What the guard goes by. */
export type GuardPolicy = {
  countries: { mode: 'allow' | 'deny'; list: readonly string[] };
  budgets: Budgets;
  /** Numbers by what they begin with, and networks, that always or never pass. */
  always: { prefixes: readonly string[]; networks: readonly string[] };
  never: { prefixes: readonly string[]; networks: readonly string[] };
};

/** How a send is decided on. */
export type Manner = {
  /** Whether whoever asks has passed a human check for this, or cannot be asked for one. */
  checkPassed?: boolean;
  /** Whether it goes whatever is decided, so that it takes what it would. */
  goesAnyway?: boolean;
  /** Whether it costs nothing, so that no budget holds it and it takes from none. */
  isFree?: boolean;
};

/** Where nothing says how fast a level leaks, there is none. */
const anyLeakMs = 3_600_000;

const turnAway = (figures: Figures): void => {
  figures.turnedAway += 1;
};

/** Watches over what sends cost: decides on each, and keeps what it decides by. */
export function createGuard({ ledger, platform }: { ledger: Ledger; platform: Pick<Platform, 'now'> }) {
  async function note(asked: Asked, outcome: 'passed' | 'failed' | 'taken-back'): Promise<void> {
    const { block, country, networks } = scopesOf(asked);
    const scopes = [block, country, ...networks];
    const count = (view: BudgetView) => {
      const budgets = figuresIn(view, platform.now());
      for (const scope of scopes) {
        budgets.change(scope, (figures) => {
          figures.failed = Math.max(0, figures.failed + (outcome === 'failed' ? 1 : -1));
          if (outcome === 'passed') figures.passed += 1;
          if (scope !== block) figures.turnedAway = Math.max(0, figures.turnedAway + (outcome === 'failed' ? 1 : -1));
        });
      }
    };
    await ledger(scopes, count, outcome !== 'failed');
  }

  return {
    /** Decides on a send, and takes from the budgets what it takes where it goes; at once, whoever else asks. */
    async charge(
      asked: Asked,
      policy: GuardPolicy,
      { checkPassed = false, goesAnyway = false, isFree = false }: Manner = {},
    ): Promise<Decision> {
      const scopes = scopesOf(asked);
      const isServedByPolicy = servesCountry(policy, asked.country);
      const listed = listedIn(policy, asked);
      const { caller } = scopes;
      const isOfNobody = isNameless(scopes);
      const names = isOfNobody ? [scopes.number] : all(scopes);
      // Only of a back end that is not heard there is anything; else they would be read in vain, again and again.
      const places = caller && !isOfNobody ? [caller.country, caller.block] : [];
      /** @returns nothing where the places are needed as well */
      const chargeBy = (view: BudgetView, hasPlaces: boolean): Decision | undefined => {
        const now = platform.now();
        const budgets = figuresIn(view, now);
        const known = { figures: budgets.of, budgets: policy.budgets, now };
        if (caller && !hasPlaces && !isHeard(known, caller)) return undefined;
        const decision = decide({ ...{ scopes, isServedByPolicy, listed, checkPassed, isFree }, ...known });
        if (decision.decision === 'go' || goesAnyway) {
          for (const { scope, cost, leakMs, letIn } of decision.raises) {
            budgets.change(scope, (figures) => add(figures, cost, letIn), leakMs);
          }
        }
        if (decision.tells && !goesAnyway) for (const scope of scopes.networks) budgets.change(scope, turnAway);
        if (decision.decision === 'refuse' && !isOfNobody && isHostile(budgets.of(scopes.country))) {
          budgets.change(scopes.country, turnAway);
        }
        // Who is not asked again fails all the same: few networks of bots would be forgotten among people who pass.
        if (isOfFailures(decision, scopes)) {
          budgets.change(scopes.country, (figures) => {
            figures.failed += 1;
          });
        }
        const { closes } = decision;
        if (closes) {
          budgets.change(closes.scope, (figures) => {
            figures.closures = closes.closures + 1;
            figures.closedUntil = closes.until;
          });
        }
        return decision;
      };
      const decision = await ledger(names, (view) => chargeBy(view, places.length === 0));
      return decision ?? ledger([...names, ...places], (view) => chargeBy(view, true) as Decision);
    },

    /**
     * Counts an answer that tells whether a number is known, for another reason than budgets.
     * @returns whether the networks of whoever asks may be told by it; where not, nothing is counted
     */
    async tell(asked: Asked, budgets: Budgets): Promise<boolean> {
      const scopes = scopesOf(asked);
      if (scopes.networks.length === 0) return true;
      return ledger(scopes.networks, (view) => {
        const known = figuresIn(view, platform.now());
        const mayTell = mayBeTold({ scopes, figures: known.of, budgets });
        if (mayTell) for (const scope of scopes.networks) known.change(scope, turnAway);
        return mayTell;
      });
    },

    /**
     * Takes back what a send took that did not begin after all, maybe as nothing could be written. What was closed by it is
     * open again.
     */
    async takeBack(raises: readonly Raise[], { block: { hard } }: Budgets): Promise<void> {
      if (raises.length === 0) return;
      const scopes = raises.map(({ scope }) => scope);
      const lower = (view: BudgetView) => {
        const budgets = figuresIn(view, platform.now());
        for (const { scope, cost, letIn = 0 } of raises) {
          budgets.change(scope, (figures) => {
            add(figures, -cost, -letIn);
            if (figures.closedUntil <= platform.now() || figures.level + 1 > hard) return;
            figures.closedUntil = 0;
            figures.closures = Math.max(0, figures.closures - 1);
          });
        }
      };
      await ledger(scopes, lower, true);
    },

    /** Gives back what was outstanding of a number, for a right code: once for each. */
    async giveBack(asked: Asked, { knownMs, known, block: { hard } }: Budgets): Promise<void> {
      const scopes = scopesOf(asked);
      const giveBack = (view: BudgetView) => {
        const now = platform.now();
        const budgets = figuresIn(view, now);
        const { level, verifiedAt } = budgets.of(scopes.number);
        const wasKnown = verifiedAt !== undefined && verifiedAt > now - knownMs;
        // What a known number takes it takes from itself alone.
        const outstanding = wasKnown ? Math.max(0, level - known.number) : level;
        const isRight = (back: number) => (figures: Figures) => {
          figures.level = Math.max(0, figures.level - back);
          figures.verified += 1;
          figures.recent += 1;
          figures.verifiedAt = now;
        };
        const ofCountry = bonusOf(budgets.of(scopes.country));
        const elsewhere = isInhabited(budgets.of(scopes.block)) ? 0 : 1;
        const letIn = isAtHome({ scopes, figures: budgets.of }) ? 0 : Math.min(1, outstanding) + ofCountry;
        if (scopes.signedIn !== undefined) {
          const signedIn = ofSignedIn({ scopes, figures: budgets.of }, scopes.signedIn);
          budgets.change(signedIn, isRight(Math.min(1, outstanding)));
        }
        // What took nothing from the country tells nothing of those who do.
        if (outstanding > 0) {
          budgets.change(scopes.country, (figures) => {
            isRight(outstanding + ofCountry)(figures);
            figures.elsewhere += elsewhere;
            figures.letIn = Math.max(0, figures.letIn - letIn);
          });
        }
        for (const scope of scopes.networks) budgets.change(scope, isRight(outstanding + 1));
        // People of the block open it; not to those who attack it.
        const ofBlock = isHostile(budgets.of(scopes.block)) ? Math.min(1, ofCountry) : 1;
        budgets.change(scopes.block, (figures) => {
          isRight(outstanding + ofBlock)(figures);
          if (figures.level < hard / 2) figures.closedUntil = 0;
        });
        for (const scope of [scopes.number, ...(scopes.caller ? [scopes.caller.all] : [])]) {
          budgets.change(scope, isRight(Number.POSITIVE_INFINITY));
        }
        const isOfBots = !wasKnown && isHostile(budgets.of(scopes.country));
        // A browser may ask for many numbers: one that is typed in gives back what it took, and says nothing of the others.
        const ofDevice = outstanding > 0 ? 0 : 1;
        for (const { scope, knownSince } of scopes.devices) {
          const isNew = isOfBots && knownSince === 0 && budgets.of(scope).verifiedAt === undefined;
          budgets.change(scope, isRight(isNew ? -known.deviceWhileHostile : ofDevice), known.deviceLeakMs);
        }
        return isOfBots;
      };
      const isOfBots = await ledger(all(scopes), giveBack, true);
      if (!isOfBots || scopes.caller) return;
      // Bots sign up by the codes that they type in: what signs in so while they ask vouches for none of the others.
      const browser = deviceScope(browserOf(asked.phone));
      const vouchForNone = (view: BudgetView) => {
        const change = (figures: Figures) => add(figures, known.deviceWhileHostile);
        figuresIn(view, platform.now()).change(browser, change, known.deviceLeakMs);
      };
      await ledger([browser], vouchForNone, true);
    },

    /** Counts a human check that is asked for as one that fails: failures keep the check on, and keep networks out. */
    recordFailedCheck: (asked: Asked): Promise<void> => note(asked, 'failed'),

    /** Takes one failure back, of somebody whom nobody could check. */
    takeBackFailedCheck: (asked: Asked): Promise<void> => note(asked, 'taken-back'),

    /** Takes one failure back, and counts a check that was passed: a few failures among many are nothing. */
    recordPassedCheck: (asked: Asked): Promise<void> => note(asked, 'passed'),
  };
}
export type Guard = ReturnType<typeof createGuard>;

/** Whether a send is refused because its network failed checks. */
const isOfFailures = ({ decision, reasons }: Decision, { networks }: Scopes): boolean =>
  decision === 'refuse' && reasons.some(({ rule, scope }) => rule === 'failed-checks' && networks.includes(scope));

/** Adds codes that nobody has typed in yet, or takes them back. */
function add(figures: Figures, codes: number, letIn = 0): void {
  figures.letIn = Math.max(0, figures.letIn + letIn);
  figures.level = Math.max(0, figures.level + codes);
  figures.sent = Math.max(0, figures.sent + codes);
}

/** Budgets as figures of this moment. */
function figuresIn(view: BudgetView, now: number) {
  const known = new Map<string, { figures: Figures; leakMs: number }>();
  function budgetOf(scope: string) {
    const before = known.get(scope);
    if (before) return before;
    const row = view.get(scope);
    const budget = { figures: figuresOf(row, now), leakMs: row?.leak_ms ?? anyLeakMs };
    const shared = sharedOf(scope);
    if (shared !== scope) {
      const { sent, verified, recent } = budgetOf(shared).figures;
      Object.assign(budget.figures, { sent, verified, recent });
    }
    known.set(scope, budget);
    return budget;
  }
  return {
    of: (scope: string): Figures => budgetOf(scope).figures,
    change(scope: string, change: (figures: Figures) => void, leakMs?: number) {
      const budget = budgetOf(scope);
      budget.leakMs = leakMs ?? budget.leakMs;
      change(budget.figures);
      view.set(rowOf(scope, budget.figures, { leakMs: budget.leakMs, now }));
    },
  };
}

function all({ number, block, country, networks, devices, caller, signedIn }: Scopes): string[] {
  const scopes = [number, block, country, ...networks];
  for (const scope of [block, country]) if (sharedOf(scope) !== scope) scopes.push(sharedOf(scope));
  for (const { scope } of devices) scopes.push(scope);
  if (caller) scopes.push(caller.all);
  if (signedIn) scopes.push(signedIn.atHome, signedIn.elsewhere);
  return scopes;
}

/** Whether a policy serves a country; none where numbers do not tell it. */
export const servesCountry = (
  { countries: { mode, list } }: Pick<GuardPolicy, 'countries'>,
  country: string | undefined,
): boolean =>
  mode === 'allow' ? country !== undefined && list.includes(country) : country === undefined || !list.includes(country);

function listedIn({ always, never }: GuardPolicy, { phone, address }: Asked) {
  const isOn = ({ prefixes, networks }: GuardPolicy['always']) =>
    prefixes.some((prefix) => phone.startsWith(prefix)) || (address !== undefined && isInNetworks(networks, address));
  if (isOn(never)) return 'never' as const;
  return isOn(always) ? ('always' as const) : undefined;
}
