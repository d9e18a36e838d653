import { maskPhone } from '@sesame/connector-kit';
import { ApiError } from '../errors.ts';
import type { FraudPolicy } from '../experience/fraud-policy.ts';
import type { Observer } from '../messaging/observer.ts';
import { type Recipient, type RecipientKey, readRecipient } from '../messaging/recipient.ts';
import { newId, type Platform } from '../platform.ts';
import type { Attacks, Outcome } from '../protection/attacks.ts';
import { type Budgets, defaultBudgets } from '../protection/budgets.ts';
import { type Client, isSignedIn } from '../protection/client.ts';
import type { Decision, Raise } from '../protection/decide.ts';
import type { KnownAccount } from '../protection/devices.ts';
import type { Guard, GuardPolicy } from '../protection/guard.ts';
import { isPrivate, networkOfMany, networksOf } from '../protection/networks.ts';
import { type Asked, blockOf, browserOf, maskedScope } from '../protection/scopes.ts';
import { recordDecision } from '../store/guard-decisions.ts';
import { wasVerifiedSince } from '../store/messages.ts';
import type { Store } from '../store/store.ts';
import type { Telling, Told } from '../webhooks/telling.ts';
import type { Asking, Decided } from './asking.ts';

/** An end user whom a back end asks for. */
export type EndUser = {
  /** The back end. */
  caller: string;
  address?: string | undefined;
  deviceId?: string | undefined;
};

/** A send that is about to be. */
export type GuardedSend = {
  recipient: Recipient;
  client: Client | undefined;
  /** The accounts that the browser has signed in to. */
  accounts: readonly KnownAccount[];
  endUser: EndUser | undefined;
  /** Whether nobody may learn if the message goes out. */
  isSecret: boolean;
  /** Whether the server knows whoever asks, without a look at the guard's figures. */
  isKnown: boolean;
  /** Whether whoever asks has passed a human check for this. */
  checkPassed: boolean;
  /** Takes what was passed where a check is asked for; absent where nobody can be checked. */
  takePassed: (() => Promise<'check' | 'wait' | undefined>) | undefined;
  /** Whether nobody can pass a check just now. */
  isCheckAway?: (() => Promise<boolean>) | undefined;
};

/** A decision other than to let a send go. */
type Stop = Decision & { decision: 'check' | 'refuse' };

/** What a send takes, whether it goes to somebody who is known, and what is kept of why it goes. */
type Charged = { raises: readonly Raise[]; isKnown: boolean } & Pick<Asking, 'passed' | 'decided'>;
const nothing: Charged = { raises: [], isKnown: false };

type Deps = {
  store: Store;
  platform: Platform;
  guard: Guard;
  attacks: Attacks;
  /** Whether SMS cost nothing, and nobody from outside is brought here. */
  costsNothingHere: () => Promise<boolean>;
  events: Telling;
  observer: Observer;
};

/** How long those wait whom nothing tells when to ask again, and those whom the guard could not decide on. */
const pauseSeconds = 600;
const failedSeconds = 30;
/** How long a decision may take, in milliseconds; a database that is well takes a few. */
const patienceMs = 2000;

/** Has the guard decide on sends by SMS, keeps what it decided, and says it to whoever asked. */
export function createGuarding({ store, platform, guard, attacks, costsNothingHere, events, observer }: Deps) {
  async function decided(asked: Asked, policy: FraudPolicy, send: GuardedSend) {
    const { isKnown, isSecret, checkPassed, takePassed } = send;
    const isPassed = checkPassed || !takePassed;
    const isFree = (await costsNothingHere()) && isFromHere(asked.address);
    // Where decisions are recorded only, figures go on counting.
    const manner = { checkPassed: isPassed || isFree, goesAnyway: policy.mode === 'record', isFree };
    const charging = guard.charge(asked, guardPolicyOf(policy), manner);
    try {
      return await within(patienceMs, charging);
    } catch (error) {
      observer.guardFailed(error);
      // What it takes after all is for a send that goes by other figures, or does not go.
      if (error instanceof TooSlow) charging.then((late) => takeBackUnused(late, policy), observer.guardFailed);
      // Where nobody may learn whether a message goes out, every number is served as a known one.
      if (isKnown || isSecret || isFree || policy.mode === 'record' || (await hasVerified(asked))) return undefined;
      throw new Undecided();
    }
  }

  const takeBack = (raises: readonly Raise[], policy: FraudPolicy): Promise<void> =>
    guard.takeBack(raises, guardPolicyOf(policy).budgets).catch(observer.guardFailed);

  const takeBackUnused = ({ decision, raises }: Decision, policy: FraudPolicy) =>
    decision === 'go' ? takeBack(raises, policy) : undefined;

  /** Whether the messages that are kept tell that the number is known, where budgets cannot. */
  const hasVerified = ({ phone }: Asked): Promise<boolean> =>
    within(patienceMs, wasVerifiedSince(store, phone, platform.now() - defaultBudgets.knownMs)).catch(() => false);

  /** Keeps a decision that stops a send, or would; nobody waits for it. */
  function keep(asked: Asked, { decision, reasons }: Stop, outcome: Outcome): void {
    const [smallest, around] = asked.address === undefined ? [] : networksOf(asked.address);
    const kept = recordDecision(store, {
      id: newId(platform),
      at: platform.now(),
      recipient: maskPhone(asked.phone),
      country: asked.country ?? null,
      network: smallest?.name ?? null,
      around: around?.name ?? asked.caller ?? '',
      block: blockOf(asked.phone),
      decision,
      is_enforced: outcome === 'recorded' ? 0 : 1,
      reasons: JSON.stringify(withoutNumbers(reasons)),
    });
    const told = decision === 'refuse' && events.now(suspected(asked, reasons, platform.now(), outcome));
    Promise.all([kept, told, attacks.note(asked, outcome, reasons)]).catch(observer.guardFailed);
  }

  /** Takes a check back that was asked for of somebody who cannot pass it: its provider is away. Nobody waits for that. */
  async function forgetWhereAway(asked: Asked, { isCheckAway }: GuardedSend, { reasons }: Stop): Promise<void> {
    if (!(await isCheckAway?.())) return;
    await Promise.all([guard.takeBackFailedCheck(asked), attacks.note(asked, 'taken-back', reasons)]);
  }

  return {
    /**
     * Decides on a send.
     * @returns what it has taken from budgets, and whether it goes to somebody who is known
     * @throws ApiError `phone.country_not_served`, `session.captcha_required`, `request.sending_paused`
     */
    async charge(send: GuardedSend, policy: FraudPolicy): Promise<Charged> {
      const { mode } = policy;
      if (send.recipient.channel !== 'Sms' || mode === 'off') return nothing;
      const asked = askedBy(send);
      const decision = await decided(asked, policy, send);
      if (!decision) return { ...nothing, decided: decidedBy({ decision: 'failed', reasons: [] }, mode) };
      observer.guardDecided(decision.decision, mode);
      const charged = { ...{ isKnown: false, ...decision }, decided: decidedBy(decision, mode) };
      if (!isStop(decision)) return charged;
      if (mode === 'record') {
        keep(asked, decision, 'recorded');
        return charged;
      }
      if (decision.decision === 'refuse' || !send.takePassed) {
        keep(asked, decision, 'refused');
        throw refusalOf(decision, { ...asked, now: platform.now() });
      }
      const passed = await send.takePassed();
      if (passed === undefined) {
        keep(asked, decision, 'failed-check');
        await guard.recordFailedCheck(asked);
        forgetWhereAway(asked, send, decision).catch(observer.guardFailed);
        throw new ApiError('session.captcha_required');
      }
      attacks.note(asked, 'taken-back', decision.reasons).catch(observer.guardFailed);
      // Programs can wait as well: a wait serves whoever cannot be checked, and stays a check that was not passed.
      if (passed === 'check') await guard.recordPassedCheck(asked);
      const gone = await this.charge({ ...send, checkPassed: true, takePassed: undefined }, policy);
      const reasons = withoutAddresses(decision.reasons);
      return { ...gone, passed, ...(gone.decided && { decided: { ...gone.decided, reasons } }) };
    },

    /** Whether an answer may tell whether the number is known, while others are refused; counts it where it may. */
    mayTell: (send: GuardedSend, policy: FraudPolicy): Promise<boolean> =>
      within(patienceMs, guard.tell(askedBy(send), guardPolicyOf(policy).budgets)).catch((error) => {
        observer.guardFailed(error);
        return true;
      }),

    /** Takes back what a send took that did not begin. */
    takeBack,

    /** Gives back what a right code for a recipient gives back. */
    async giveBack(
      recipient: RecipientKey,
      asked: Pick<GuardedSend, 'client' | 'accounts' | 'endUser'>,
      policy: FraudPolicy,
    ): Promise<void> {
      if (recipient.channel !== 'Sms' || policy.mode === 'off') return;
      const { budgets } = guardPolicyOf(policy);
      const known = readRecipient(recipient.key) ?? recipient;
      await guard.giveBack(askedBy({ recipient: known, ...asked }), budgets).catch(observer.guardFailed);
    },
  };
}
export type Guarding = ReturnType<typeof createGuarding>;

/** What is kept of a decision with the message. */
const decidedBy = (
  { decision, reasons, isKnown = false }: Pick<Decided, 'decision' | 'reasons'> & { isKnown?: boolean },
  mode: FraudPolicy['mode'],
): Decided => ({ decision, isEnforced: mode === 'enforce', isKnown, reasons: withoutAddresses(reasons) });

const withoutNumbers = (reasons: Decision['reasons']) =>
  reasons.map((reason) => ({ ...reason, scope: maskedScope(reason.scope) }));

/** Beside a recipient, an address of the internet would name a person. */
const withoutAddresses = (reasons: Decision['reasons']) =>
  withoutNumbers(reasons).map((reason) => ({
    ...reason,
    scope: reason.scope.replace(/^network:(.*)$/, (_, name: string) => `network:${networkOfMany(name)}`),
  }));

/** That the guard could not decide on a send that nothing else speaks for. */
export class Undecided extends ApiError {
  constructor() {
    super('request.sending_paused', { retryAfterSeconds: failedSeconds });
  }
}

class TooSlow extends Error {}

/** @throws TooSlow where it takes longer */
function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const timer = setTimeout(() => reject(new TooSlow(`This took longer than ${milliseconds} ms.`)), milliseconds);
  work.then(resolve, reject).finally(() => clearTimeout(timer));
  return promise;
}

/** Whether somebody asks from this machine or the network around it, or a back end for nobody that it names. */
const isFromHere = (address: string | undefined) => address === undefined || isPrivate(address);

const isStop = (decision: Decision): decision is Stop => decision.decision !== 'go';

/** What webhooks hear of a refusal: once an hour for each reason and country. */
function suspected({ phone, country }: Asked, reasons: Decision['reasons'], now: number, outcome: Outcome): Told {
  const rule = reasons[0]?.rule ?? '';
  const data = {
    ...{ country: country ?? null, recipient: maskPhone(phone), isEnforced: outcome !== 'recorded' },
    reasons: withoutNumbers(reasons),
  };
  return { event: 'Message.FraudSuspected', data, once: `${rule}:${country ?? ''}:${Math.floor(now / 3_600_000)}` };
}

function askedBy({
  recipient: { key, country },
  client,
  accounts,
  endUser,
  isSecret,
}: Pick<GuardedSend, 'client' | 'accounts' | 'endUser'> & {
  recipient: RecipientKey & { country?: string | undefined };
  isSecret?: boolean;
}): Asked {
  return {
    phone: key,
    country,
    address: client?.address || endUser?.address,
    isSecret,
    caller: endUser?.caller,
    isSignedIn: client && isSignedIn(client),
    devices: [
      // An account without a number costs nothing to make, and a number may go from one to the next.
      ...accounts.flatMap(({ phone, since }) => (phone ? [{ name: browserOf(phone), knownSince: since }] : [])),
      // What one back end says of a browser vouches for nobody at another.
      ...(endUser?.deviceId === undefined
        ? []
        : [{ name: `caller/${encodeURIComponent(endUser.caller)}/${endUser.deviceId}` }]),
    ],
  };
}

/** What the guard goes by, of the policy: what it leaves out of budgets is as it is by default. */
export function guardPolicyOf(policy: FraudPolicy): GuardPolicy {
  const known = guardPolicies.get(policy);
  if (known) return known;
  const { countries, budgets, always, never } = policy;
  const { block, country, served } = budgets;
  const laid: Budgets = {
    ...defaultBudgets,
    block: { ...defaultBudgets.block, ...defined(block) },
    country: { ...defaultBudgets.country, ...defined(country) },
    served: { ...defaultBudgets.served, ...defined(served) },
  };
  const guardPolicy = { countries, budgets: laid, always, never };
  guardPolicies.set(policy, guardPolicy);
  return guardPolicy;
}

/** The policy is read for each send, and rarely another. */
const guardPolicies = new WeakMap<FraudPolicy, GuardPolicy>();

const defined = (fields: Record<string, number | undefined> = {}) =>
  Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, number] => entry[1] !== undefined));

function refusalOf({ reasons, retryAt }: Decision, { country, now }: Asked & { now: number }): ApiError {
  const [reason] = reasons;
  if (reason?.rule === 'country-not-served') return new ApiError('phone.country_not_served', { country });
  const waitMs = retryAt === undefined ? pauseSeconds * 1000 : retryAt - now;
  return new ApiError('request.sending_paused', { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) });
}
