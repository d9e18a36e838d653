import { readCode } from '@sesame/connector-kit';
import { ApiError } from '../errors.ts';
import { brandName, type SignInExperience, type SignInExperienceStore } from '../experience/sign-in-experience.ts';
import type { Messaging } from '../messaging/messaging.ts';
import type { Observer } from '../messaging/observer.ts';
import { type RecipientKey, userColumns } from '../messaging/recipient.ts';
import { newId, type Platform } from '../platform.ts';
import type { Attacks } from '../protection/attacks.ts';
import type { Client } from '../protection/client.ts';
import { type Devices, isTypedBy } from '../protection/devices.ts';
import type { Guard } from '../protection/guard.ts';
import type { PriceStore } from '../protection/money/prices.ts';
import type { CountSpentBefore } from '../protection/money/spent-before.ts';
import type { TestNumbers } from '../protection/test-numbers.ts';
import type { SecretKeys } from '../secrets/secret-keys.ts';
import { checkCode, clearFailures, findPendingCode } from '../store/checks.ts';
import type { Counter } from '../store/failure-policy.ts';
import { keepCode } from '../store/sends.ts';
import type { Store } from '../store/store.ts';
import type { Telling } from '../webhooks/telling.ts';
import { createAdmitting } from './admitting.ts';
import { askedFrom } from './asked-from.ts';
import type { Asking } from './asking.ts';
import { createCapping } from './capping.ts';
import { lockedOut, refusalOf } from './check-refusal.ts';
import { codeOf, digestCode } from './code.ts';
import { createGuarding } from './guarding.ts';
import { type RecipientLock, readRecipientLock } from './recipient-lock.ts';
import type { AnswerVerification, StartVerification } from './requests.ts';
import { resendKeys, resendLimitOf, sendLimitsOf } from './send-limits.ts';

/** The flow of back ends that run their own sign-in: one pending code per number. */
export const managementFlow = 'management';

type Deps = {
  store: Store;
  platform: Platform;
  secretKeys: SecretKeys;
  experience: SignInExperienceStore;
  messaging: Messaging;
  devices: Devices;
  guard: Guard;
  attacks: Attacks;
  prices: PriceStore;
  countSpentBefore: CountSpentBefore;
  costsNothingHere: () => Promise<boolean>;
  testNumbers: TestNumbers;
  events: Telling;
  observer: Observer;
};

/** What people wait for a provider at least, and how much longer at most, in milliseconds. */
const usualWait = { leastMs: 150, moreMs: 450 };
/** As many as nobody guesses. */
const seedBytes = 16;

/** Sends codes and checks the answers. */
export function createVerification(deps: Deps) {
  const { store, platform, secretKeys, experience, messaging, devices } = deps;
  const { guard, attacks, prices, countSpentBefore, costsNothingHere, testNumbers, events, observer } = deps;
  const guarding = createGuarding({ store, platform, guard, attacks, costsNothingHere, events, observer });
  const capping = createCapping({ store, platform, prices, countSpentBefore, events, observer });

  const admit = createAdmitting({ store, experience, guarding, capping, observer });

  /** The accounts that the browser has signed in to, and whose counters it has for a recipient. */
  async function known(client: Client | undefined, { channel, key }: RecipientKey) {
    const accounts = client ? await devices.accounts(client, 'user') : [];
    const device = accounts.find((account) => isTypedBy(account, userColumns[channel], key))?.device;
    const stranger: Counter = client ? 'strangers' : 'back-end';
    return { accounts, counter: device === undefined ? stranger : (`device:${device}` satisfies Counter) };
  }

  /** What a send comes to where the code is fixed: nothing goes out, and nothing counts but the wait of end users. */
  async function keepTestCode(
    { recipient, flow, client, isDiscreet }: Pick<StartVerification, 'recipient' | 'flow' | 'client' | 'isDiscreet'>,
    code: string,
    { verificationCodePolicy, messageRateLimitPolicy }: SignInExperience,
  ) {
    const { key } = recipient;
    const now = platform.now();
    const end = (await testNumbers.endOf(key)) ?? Number.POSITIVE_INFINITY;
    const expiresAt = Math.min(end, now + verificationCodePolicy.expirationDuration * 1000);
    const digest = digestCode(secretKeys.codes, flow, key, code);
    const { counter } = await known(client, recipient);
    // A second message within the wait would tell what kind of number it is, and could be asked for without end.
    const wait = client && resendLimitOf(messageRateLimitPolicy, key, counter);
    const keep = { flow, digest, expiresAt };
    const waitMs = await keepCode(store, { id: newId(platform), recipient: key, now, code: keep, wait });
    if (waitMs > 0) {
      throw new ApiError('request.message_rate_limited', { retryAfterSeconds: Math.ceil(waitMs / 1000) });
    }
    // Strangers must not see by the time that no provider is asked.
    if (client && !isDiscreet) await platform.sleep(usualWait.leastMs + platform.randomInt(usualWait.moreMs));
    return { expiresAt, resendAfter: now + messageRateLimitPolicy.resendInterval * 1000 };
  }

  return {
    admit,

    /**
     * Makes a code, keeps its HMAC, and sends it. Asked again within half of its life, the same code goes out again.
     * @returns when the code expires and when the next may be asked for, in milliseconds since the epoch
     * @throws ApiError the refusal of the recipient, `session.captcha_required`, `phone.country_not_served`,
     *   `request.sending_paused`, `request.message_rate_limited`, `connector.not_found`, or what became of the send
     */
    async start({ recipient, usageType, flow, wording = {}, client, check, linkTo, ...send }: StartVerification) {
      const [policy, testCode] = await Promise.all([experience.read(), testNumbers.codeOf(recipient.key)]);
      if (recipient.refusal && testCode === undefined) throw new ApiError(recipient.refusal);
      const checkPassed = check?.isAsked === true;
      if (checkPassed && !(await check.takePassed())) throw new ApiError('session.captcha_required');
      if (testCode !== undefined) return keepTestCode({ recipient, flow, client, ...send }, testCode, policy);
      const { accounts, counter } = await known(client, recipient);
      const { isSuppressed = false, isDiscreet = false, endUser } = send;
      const isSecret = isDiscreet && counter === 'strangers';
      const { codeLength, expirationDuration, maxRetryAttempts, newCodeEachTime } = policy.verificationCodePolicy;
      const { resendInterval } = policy.messageRateLimitPolicy;
      const now = platform.now();
      const lifetimeMs = expirationDuration * 1000;
      const expiresAt = now + lifetimeMs;
      const seed = Buffer.from(platform.randomBytes(seedBytes)).toString('base64url');
      const purpose = { flow, recipient: recipient.key, usageType, length: codeLength };
      const made = (from: string) => codeOf(secretKeys.codeSeeds, purpose, from);
      const code = made(seed);
      const making = {
        ...{ seed, purpose: `${usageType}/${codeLength}` },
        madeSince: newCodeEachTime ? Number.MAX_SAFE_INTEGER : now - lifetimeMs / 2,
        maxTries: Math.ceil(maxRetryAttempts / 2),
      };
      const message = {
        recipient,
        usageType,
        locales: wording.locales ?? [],
        application: wording.application || brandName(policy),
        code,
        now,
        lifetimeSeconds: expirationDuration,
        codeOf: made,
        keep: { flow, digest: digestCode(secretKeys.codes, flow, recipient.key, code), expiresAt, making },
        boundTo: send.boundTo,
        link: linkTo && ((sent: string) => linkTo({ code: sent, expiresAt })),
        isSuppressed,
        isDiscreet,
        ...sendLimitsOf(policy, { recipient, counter, address: client?.address, isSecret }),
      };
      const takePassed = check && !checkPassed ? check.takeAll : undefined;
      const isKnown = counter.startsWith('device:');
      const isCheckAway = check?.isAway;
      const guarded = { recipient, client, accounts, endUser, isSecret, isKnown, checkPassed, takePassed, isCheckAway };
      const { raises, ...taken } = await guarding.charge(guarded, policy.fraudPolicy);
      const asking: Asking = {
        ...wording.asker,
        ...askedFrom({ client, endUser, isKnown }),
        passed: taken.passed ?? (checkPassed ? 'check' : undefined),
        decided: taken.decided,
      };
      const mayTell = isKnown || isSecret ? undefined : () => guarding.mayTell(guarded, policy.fraudPolicy);
      const capped = { recipient, isKnown: isKnown || taken.isKnown, mayTell };
      const takeBackAndThrow = async (error: unknown): Promise<never> => {
        await guarding.takeBack(raises, policy.fraudPolicy);
        throw error;
      };
      const { holding, ...spending } = await capping.of(capped, policy.fraudPolicy).catch(takeBackAndThrow);
      // What nobody may learn counts once it really goes out: else messages to nobody would fill the caps of all.
      const tellFull = () => void capping.refusalOf(capped, holding).catch(observer.guardFailed);
      const counted = isSecret ? { hidden: { ...spending, tellFull } } : spending;
      // Of numbers that the provider knows to be none, many are an attack all the same.
      const tellUnsent = async ({ data }: ApiError) => {
        if (data?.kind !== 'recipient') await guarding.takeBack(raises, policy.fraudPolicy);
      };
      const outcome = await messaging
        .send({ ...message, ...counted, asked: JSON.stringify(asking), tellUnsent })
        .catch((error: unknown) => {
          // What is no refusal of ours or a provider's is of a database that kept nothing.
          const isUnsent = !(error instanceof ApiError) || error.code === 'request.message_rate_limited';
          if (isUnsent) return takeBackAndThrow(error);
          throw error;
        });
      if (outcome === 'over-cap') {
        await guarding.takeBack(raises, policy.fraudPolicy);
        throw await capping.refusalOf(capped, holding);
      }
      return { expiresAt, resendAfter: now + resendInterval * 1000 };
    },

    /**
     * Spends a try on the pending code; what holds no code of the policy's length is wrong and spends none.
     * @throws ApiError `verification_code.*` unless the answer is right
     */
    async answer({ recipient, flow, code: typed, client, endUser }: AnswerVerification): Promise<void> {
      const [{ verificationCodePolicy, fraudPolicy }, { accounts, counter }, testCode] = await Promise.all([
        experience.read(),
        known(client, recipient),
        testNumbers.codeOf(recipient.key),
      ]);
      const code = readCode(typed, testCode?.length ?? verificationCodePolicy.codeLength);
      if (code === undefined) {
        const pending = await findPendingCode(store, flow, recipient.key);
        if (!pending) throw new ApiError('verification_code.not_found');
        const triesLeft = Math.max(0, verificationCodePolicy.maxRetryAttempts - pending.tries);
        throw new ApiError('verification_code.code_mismatch', { triesLeft });
      }
      const id = platform.randomUUID();
      const telling = await events.of(lockedOut(recipient, { id, counter }));
      const check = {
        id,
        flow,
        recipient: recipient.key,
        counter,
        digest: digestCode(secretKeys.codes, flow, recipient.key, code),
        maxTries: verificationCodePolicy.maxRetryAttempts,
        now: platform.now(),
        endsLimits: resendKeys(recipient.key, counter),
      };
      const result = await checkCode(store, check, telling);
      if (testCode === undefined) observer.codeChecked(result.outcome);
      if (result.outcome !== 'right') throw refusalOf(result);
      const { message } = result;
      if (message) {
        const { country, network, factory_id: factoryId, created_at } = message;
        observer.messageVerified({ country, network, factoryId, tookMs: check.now - created_at });
      }
      if (testCode === undefined) await guarding.giveBack(recipient, { client, accounts, endUser }, fraudPolicy);
    },

    /**
     * Whether this is the code that waits for an answer, and no other has taken its place. Spends no try: only for a code
     * that the server itself has sealed, which tells whoever brings it nothing.
     */
    async isPending({ recipient: { key }, flow, code }: AnswerVerification): Promise<boolean> {
      const pending = await findPendingCode(store, flow, key);
      return pending?.digest === digestCode(secretKeys.codes, flow, key, code);
    },

    /** Whether the client's browser has signed in to the account of the recipient before. */
    async isKnown(client: Client, recipient: RecipientKey): Promise<boolean> {
      return (await known(client, recipient)).counter !== 'strangers';
    },

    /** What keeps a recipient from getting codes and from answering them. */
    lockOf: ({ key }: RecipientKey): Promise<RecipientLock> => readRecipientLock({ store, platform }, key),

    /** Takes answers for a recipient again that too many wrong ones had locked. @returns whether there were any */
    unlock: ({ key }: RecipientKey): Promise<boolean> => clearFailures(store, key),
  };
}
export type Verification = ReturnType<typeof createVerification>;
