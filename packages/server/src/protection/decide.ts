import {
  type Budgets,
  type Figures,
  isHostile,
  isInhabited,
  isLived,
  isOfPeople,
  isServed,
  isSettled,
  mostFailed,
  usualPerHour,
} from './budgets.ts';
import { isNameless, type Scopes } from './scopes.ts';

/** What keeps a send from going at once, with the figure behind it and what it may be. */
export type Reason = {
  rule: 'country-not-served' | 'never' | 'closed' | 'unverified' | 'failed-checks';
  scope: string;
  value?: number;
  limit?: number;
};

/** What is asked, and what is known of it. */
export type Question = {
  scopes: Scopes;
  /** Whether the policy serves the country of the number. */
  isServedByPolicy: boolean;
  /** On a list of the policy. */
  listed?: 'always' | 'never' | undefined;
  /** Whether whoever asks has passed a human check for this, or cannot be asked for one. */
  checkPassed: boolean;
  /** Whether the send costs nothing. */
  isFree?: boolean;
  figures: (scope: string) => Figures;
  budgets: Budgets;
  /** Milliseconds since the epoch. */
  now: number;
};

/**
 * What a send takes from a budget, in codes, and in how many milliseconds one leaks; `letIn` as figures have it, where bots
 * ask.
 */
export type Raise = { scope: string; cost: number; leakMs: number; letIn?: number };

/** What becomes of a send. */
export type Decision = {
  decision: 'go' | 'check' | 'refuse';
  reasons: Reason[];
  /** What the send takes where it goes. */
  raises: Raise[];
  /** Whether it goes to a known number, or for a known browser. */
  isKnown?: boolean;
  /** What is to be closed, and until when. */
  closes?: { scope: string; closures: number; until: number } | undefined;
  /** When to ask again, in milliseconds since the epoch, where that is known. */
  retryAt?: number | undefined;
  /** Whether it tells if the number is known, as those that are not are decided on otherwise just now. */
  tells?: boolean;
};

/** What one budget has to say: how far it may go, and what that comes to. */
type Verdict = { decision: 'go' | 'check' | 'refuse'; reason?: Reason | undefined; raise?: Raise | undefined };

/** Decides on a send from what is known, and nothing else. */
export function decide(question: Question): Decision {
  const { signedIn } = question.scopes;
  if (signedIn === undefined || question.isFree) return judge(question);
  const asOthers = judge({ ...question, checkPassed: false });
  if (asOthers.decision !== 'check') return asOthers;
  // Where nobody can be asked, a few go; else an account would be a way around the check.
  const checked = { ...question, checkPassed: true };
  const passed = judge(checked);
  const few = verdictOf(checked, ofSignedIn(question, signedIn), { ...question.budgets.signedIn, cost: 1 });
  if (passed.decision !== 'go') return passed;
  if (few.decision !== 'go') return { ...fromAll([few]), raises: [] };
  return { ...passed, raises: [...passed.raises, ...fromAll([few]).raises] };
}

/** Bots that have accounts mostly ask for numbers of blocks where nobody lives; people must not wait for those. */
export const ofSignedIn = (question: Pick<Question, 'scopes' | 'figures'>, scopes: NonNullable<Scopes['signedIn']>) =>
  isAtHome(question) ? scopes.atHome : scopes.elsewhere;

function judge(question: Question): Decision {
  const { scopes, isServedByPolicy, listed } = question;
  if (!isServedByPolicy) return refused({ rule: 'country-not-served', scope: scopes.country });
  if (listed === 'never') return refused({ rule: 'never', scope: scopes.number });
  if (listed === 'always') return { decision: 'go', reasons: [], raises: [] };
  const known = knownDecision(question);
  if (known && !known.tells) return known;
  const ofStranger = strangersDecision(question);
  if (!known) return ofStranger;
  if (ofStranger.decision === 'go') return { ...known, tells: false };
  return mayBeTold(question) ? known : ofStranger;
}

/** Of whoever is not known. */
function strangersDecision(question: Question): Decision {
  const { scopes, now } = question;
  if (question.isFree || isNameless(scopes)) return { decision: 'go', reasons: [], raises: [] };
  if (scopes.caller && !isHeard(question, scopes.caller)) return fromAll(unheardVerdicts(question, scopes.caller));
  const block = question.figures(scopes.block);
  if (block.closedUntil > now && !isAtHome(question)) {
    const closed: Reason = { rule: 'closed', scope: scopes.block, value: block.level, limit: block.closedUntil };
    return { ...refused(closed), retryAt: block.closedUntil, tells: mayBeTold(question) };
  }
  const all = fromAll([
    numberVerdict(question),
    blockVerdict(question),
    countryVerdict(question),
    ...networkVerdicts(question),
  ]);
  const isBlockFull = all.decision === 'refuse' && all.reasons.some(({ scope }) => scope === scopes.block);
  const closes = isBlockFull && block.closedUntil <= now && { closes: closing(question, block) };
  return { ...all, ...closes, tells: all.decision === 'refuse' && mayBeTold(question) };
}

/**
 * Whether the networks may still be told by an answer if a number is known: who is served alone while others are not is a
 * customer. A few of a network are people who have come back; whoever goes through numbers is answered as if none was known
 * (decision 0038).
 */
export const mayBeTold = ({ scopes, figures, budgets }: Pick<Question, 'scopes' | 'figures' | 'budgets'>): boolean =>
  scopes.networks.every((scope, index) => figures(scope).turnedAway + 1 <= budgets.networks[index as 0 | 1 | 2].told);

/** The strictest of verdicts, with its reasons. */
function fromAll(verdicts: readonly Verdict[]): Decision {
  const decision =
    (['refuse', 'check'] as const).find((one) => verdicts.some((verdict) => verdict.decision === one)) ?? 'go';
  const reasons = verdicts.flatMap(({ decision: of, reason }) => (of === decision && reason ? [reason] : []));
  return { decision, reasons, raises: verdicts.flatMap(({ raise }) => raise ?? []) };
}

const refused = (reason: Reason): Decision => ({ decision: 'refuse', reasons: [reason], raises: [] });

/**
 * Known numbers and known devices are served first and last, as far as they do not abuse it; where bots ask, a number alone
 * shows but who it belongs to, not who asks. Where nobody may learn whether a message goes out, every number is served as
 * a known one: that nothing is known of it would show, and a message to nobody costs nothing (decision 0031).
 */
function knownDecision(question: Question): Decision | undefined {
  const { scopes, figures, budgets, now } = question;
  const { known, knownMs } = budgets;
  const go = (raise: Raise, isKnown = true): Decision => ({ decision: 'go', reasons: [], raises: [raise], isKnown });
  const isKnown = ({ verifiedAt = 0 }: Figures, since = 0) => Math.max(since, verifiedAt) > now - knownMs;
  const within = (scope: string, max: number) => figures(scope).level + 1 <= max;
  // Not looked at for a back end that names nobody, where nothing of it was read.
  const isAttacked = () => isHostile(figures(scopes.country));
  // Bots sign in with numbers of their own, too.
  const mostOf = () => (isAttacked() ? known.deviceWhileHostile : known.device);
  const device = scopes.devices.find(
    ({ scope, knownSince }) => isKnown(figures(scope), knownSince) && within(scope, mostOf()),
  );
  const hasVerified = isKnown(figures(scopes.number));
  const isKnownNumber = (hasVerified || scopes.isSecret) && within(scopes.number, known.number);
  const ofNumber: Raise = { scope: scopes.number, cost: 1, leakMs: known.leakMs };
  if (device) return go(isKnownNumber ? ofNumber : { scope: device.scope, cost: 1, leakMs: known.deviceLeakMs });
  if (!isKnownNumber) return;
  const tells = !scopes.isSecret && scopes.networks.length > 0;
  if (question.checkPassed || !isAttacked()) return { ...go(ofNumber, hasVerified), tells };
  const reasons = [failedChecks(scopes.country, figures(scopes.country))];
  return { decision: 'check', reasons, raises: [ofNumber], isKnown: hasVerified };
}

const failedChecks = (scope: string, { failed, passed }: Figures): Reason => ({
  ...{ rule: 'failed-checks', scope, value: failed, limit: mostFailed * passed },
});

/** The code is sent again to whoever did not get it: that is one who waits, not two. */
function costOf({ scopes, figures }: Question): number {
  const { level } = figures(scopes.number);
  return level > 0.1 && level <= 1.2 ? 0.5 : 1;
}

/** How far a budget goes, and how fast it leaks. */
type Limits = {
  soft: number;
  hard: number;
  leakMs: number;
  cost?: number;
  /** Whether everybody is asked for a check, whatever the level. */
  isAsked?: boolean;
};

/** Goes as far as `soft` at once, and as far as `hard` after a human check. */
function verdictOf(
  question: Question,
  scope: string,
  { soft, hard, leakMs, cost = costOf(question), isAsked = false }: Limits,
): Verdict {
  const { level } = question.figures(scope);
  const after = level + cost;
  const over = (limit: number): Reason => ({ rule: 'unverified', scope, value: level, limit });
  const raise = { scope, cost, leakMs };
  if (after > hard) return { decision: 'refuse', reason: over(hard), raise };
  if (question.checkPassed) return { decision: 'go', raise };
  if (after > soft) return { decision: 'check', reason: over(soft), raise };
  if (isAsked) {
    return { decision: 'check', reason: failedChecks(scope, question.figures(scope)), raise };
  }
  return { decision: 'go', raise };
}

function numberVerdict(question: Question): Verdict {
  return verdictOf(question, question.scopes.number, { ...question.budgets.number, cost: 1 });
}

function blockVerdict(question: Question): Verdict {
  const { scopes, figures, budgets, now } = question;
  const [block, country] = [figures(scopes.block), figures(scopes.country)];
  const { soft, leakMs, leakLivedMs, hard: few, hardLived } = budgets.block;
  const asked = {
    soft,
    leakMs: isLived(block) ? leakLivedMs : leakMs,
    isAsked: isHostile(block) || block.closedUntil > now,
  };
  // Whoever is the first of a block mostly comes from where others are.
  const isAmongBots = (isHostile(block) || isHostile(country)) && !isFromPeople(question);
  const hard = few * (isAmongBots ? 1 : 1.5);
  // Bots that ask elsewhere say nothing of the people of a block, whose operator may be down.
  if (isHostile(block) && !isAtHome(question)) {
    return verdictOf(question, scopes.block, { ...asked, hard: isLived(block) ? hardLived : hard });
  }
  const ofPeople = hardLived * 4 + block.verified / 2;
  // Where people wait for long, most codes of the last days are not typed in.
  const ofFew = hard + 1.5 * block.verified;
  return verdictOf(question, scopes.block, { ...asked, hard: isLived(block) ? ofPeople : Math.min(ofPeople, ofFew) });
}

/** Whether a number of a block where people live is asked for from a network of theirs. */
export const isAtHome = ({ scopes, figures }: Pick<Question, 'scopes' | 'figures'>): boolean =>
  isInhabited(figures(scopes.block)) && isFromPeople({ scopes, figures });

const isFromPeople = ({ scopes, figures }: Pick<Question, 'scopes' | 'figures'>): boolean => {
  const around = scopes.networks.at(-1);
  return around !== undefined && isOfPeople(figures(around));
};

function countryVerdict(question: Question): Verdict {
  const { scopes, figures, budgets } = question;
  const country = figures(scopes.country);
  const isClean = !isHostile(country);
  const { recent, verified } = country;
  const cost = costOf(question);
  // Who is at home is as good as known: while an operator is down there are many.
  const letIn = isClean || isAtHome(question) ? 0 : cost;
  const ofLevel = (limits: Limits) => {
    const verdict = verdictOf(question, scopes.country, limits);
    return verdict.raise && letIn > 0 ? { ...verdict, raise: { ...verdict.raise, letIn } } : verdict;
  };
  const isAsked = !isClean && country.failed >= 3;
  // Of bots that are asked some pass. Their share of what went out shows by those who did not, and people by right codes.
  const limit = mostLetIn(question);
  if (isAsked && country.letIn + letIn > limit) {
    const reason: Reason = { rule: 'failed-checks', scope: scopes.country, value: country.letIn, limit };
    return { decision: question.checkPassed ? 'refuse' : 'check', reason };
  }
  if (!isServed(country)) {
    const { soft, hard, clean, leakMs } = budgets.country;
    const most = isClean ? clean + leftByBots(question) : hard + verified;
    return ofLevel({ soft: soft + recent / 5, hard: most, leakMs, isAsked });
  }
  const { soft, softAfterwards, hard, hardElsewhere, clean, perVerified, leakMs } = budgets.served;
  // Bots that ask all over a country mostly meet blocks of numbers where nobody lives, and people do not.
  const isStray = isSettled(country) && !isInhabited(figures(scopes.block)) && !isFromPeople(question);
  const ofPeople = (isClean ? clean : hard) + perVerified * verified + leftByBots(question);
  const most = isStray && !isClean ? hardElsewhere + 0.05 * verified : ofPeople;
  // Bots that came in the last days come back.
  const isEarly = isStray || country.turnedAway >= budgets.hostile.rememberedFrom;
  const first = isEarly ? Math.min(soft, softAfterwards) : soft;
  // That many people come at once says nothing of who strays.
  return ofLevel({ soft: isStray ? first : first + recent / 5, hard: most, leakMs, isAsked });
}

/**
 * How much of a country's level bots have left: what is more than people have left of the codes of the last days. Where few
 * people are, an attack is more than they may have outstanding for weeks, and so nobody would be let in whose right code
 * could take it off.
 */
function leftByBots({ scopes, figures, budgets }: Question): number {
  const { level, sent, verified, letIn, turnedAway } = figures(scopes.country);
  if (turnedAway < budgets.hostile.rememberedFrom) return 0;
  return Math.max(0, level - Math.max(0, sent - letIn - verified));
}

/** How many unverified codes go out to a country while bots ask, once so many were turned away that it can be told. */
function mostLetIn({ scopes, figures, budgets }: Question): number {
  const { turnedAway, recent } = figures(scopes.country);
  const { letIn, perTurnedAway, fromTurnedAway, familiar } = budgets.hostile;
  if (turnedAway < fromTurnedAway) return Number.POSITIVE_INFINITY;
  const isOfBlock = isAtHome({ scopes, figures }) || isOfPeople(figures(scopes.block));
  const factor = isOfBlock ? familiar.block : isFromPeople({ scopes, figures }) ? familiar.network : 1;
  // People are still typing some of theirs in.
  return factor * (letIn + perTurnedAway * turnedAway) + recent / 20;
}

type Caller = NonNullable<Scopes['caller']>;

/** Whether a back end checks its codes here, so that it shows who types them in. */
export const isHeard = (
  { figures, budgets: { unheard }, now }: Pick<Question, 'figures' | 'budgets' | 'now'>,
  { all }: Caller,
): boolean => (figures(all).verifiedAt ?? 0) > now - unheard.afterMs;

/** Of a back end that does not: what it sends to one place may not be far more than usual. */
function unheardVerdicts(question: Question, caller: Caller): Verdict[] {
  const { unheard } = question.budgets;
  return (['all', 'country', 'block'] as const).map((of) => {
    const [scope, most] = [caller[of], unheard[of]];
    const perHour = Math.max(most / 48, unheard.usual * usualPerHour(question.figures(scope)));
    return verdictOf(question, scope, { soft: most, hard: most, leakMs: Math.ceil(3_600_000 / perHour) });
  });
}

function networkVerdicts(question: Question): Verdict[] {
  const { scopes, figures, budgets } = question;
  return scopes.networks.map((scope, index): Verdict => {
    const { soft, hard, failedChecks, perGood, leakMs } = budgets.networks[index as 0 | 1 | 2];
    const { failed, passed, verified, recent } = figures(scope);
    const limit = Math.max(failedChecks, perGood * (passed + verified));
    if (failed >= failedChecks && failed > perGood * (passed + verified)) {
      return { decision: 'refuse', reason: { rule: 'failed-checks', scope, value: failed, limit } };
    }
    return verdictOf(question, scope, { soft: soft + recent / 5, hard: hard + verified, leakMs });
  });
}

/** Longer each time: whoever comes back when it opens again gets one message for it. */
function closing({ budgets, now, scopes }: Question, { closures }: Figures): Decision['closes'] {
  const { closeMs, maxCloseMs } = budgets.block;
  return { scope: scopes.block, closures, until: now + Math.min(maxCloseMs, closeMs * 2 ** closures) };
}
