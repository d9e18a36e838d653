import { readCode, type UsageType } from '@sesame/connector-kit';
import { ApiError } from '../errors.ts';
import { brandName, type SignInExperienceStore } from '../experience/sign-in-experience.ts';
import type { Messaging } from '../messaging/messaging.ts';
import type { Observer } from '../messaging/observer.ts';
import { type Recipient, type RecipientKey, userColumns } from '../messaging/recipient.ts';
import type { Platform } from '../platform.ts';
import type { Client } from '../protection/client.ts';
import type { Devices } from '../protection/devices.ts';
import type { SecretKeys } from '../secrets/secret-keys.ts';
import { type CheckOutcome, checkCode, clearFailures, triesOfPendingCode } from '../store/checks.ts';
import type { Counter } from '../store/failure-policy.ts';
import type { Store } from '../store/store.ts';
import { digestCode, newCode } from './code.ts';
import { type RecipientLock, readRecipientLock } from './recipient-lock.ts';
import { resendKeys, sendLimitsOf } from './send-limits.ts';

/** The flow of back ends that run their own sign-in: one pending code per number. */
export const managementFlow = 'management';

/** What a message is worded by, beside its usage type. */
export type Wording = {
  /** The languages that the person wishes, the best first (BCP 47). */
  locales?: readonly string[] | undefined;
  /** How the application is called that the code is for; where there is none, the brand stands in. */
  application?: string | undefined;
};

/** Asks for a code. */
export type StartVerification = {
  recipient: Recipient;
  usageType: UsageType;
  /** What the code is bound to. */
  flow: string;
  wording?: Wording | undefined;
  /** Who asks, where it is an end user. */
  client?: Client | undefined;
  /** The host that the code is meant for, where the message is to say so. */
  boundTo?: string | undefined;
  /** Where the code can be brought by a link beside it. */
  linkTo?: ((made: { code: string; expiresAt: number }) => string) | undefined;
  /** Counts and records the message, but sends nothing. */
  isSuppressed?: boolean;
  /** Does not wait for the provider, nor tell what it said. */
  isDiscreet?: boolean;
};

/** An answer to a code. */
export type AnswerVerification = {
  recipient: RecipientKey;
  flow: string;
  /** As it was typed or pasted. */
  code: string;
  /** Who answers, where it is an end user. */
  client?: Client | undefined;
};

type Deps = {
  store: Store;
  platform: Platform;
  secretKeys: SecretKeys;
  experience: SignInExperienceStore;
  messaging: Messaging;
  devices: Devices;
  observer: Observer;
};

/** Sends codes and checks the answers. */
export function createVerification({ store, platform, secretKeys, experience, messaging, devices, observer }: Deps) {
  async function counterOf(client: Client | undefined, { channel, key: value }: RecipientKey): Promise<Counter> {
    if (!client) return 'back-end';
    const device = await devices.find(client, { type: 'user', field: userColumns[channel], value });
    return device === undefined ? 'strangers' : `device:${device}`;
  }

  return {
    /**
     * Makes a code, keeps its HMAC, and sends it.
     * @returns when the code expires and when the next may be asked for, in milliseconds since the epoch
     * @throws ApiError the refusal of the recipient, `request.message_rate_limited`, `connector.not_found`, or what became
     *   of the send
     */
    async start({ recipient, usageType, flow, wording = {}, client, ...send }: StartVerification) {
      if (recipient.refusal) throw new ApiError(recipient.refusal);
      const [policy, counter] = await Promise.all([experience.read(), counterOf(client, recipient)]);
      const { isSuppressed = false, isDiscreet = false } = send;
      const isSecret = isDiscreet && counter === 'strangers';
      const { codeLength, expirationDuration } = policy.verificationCodePolicy;
      const { resendInterval } = policy.messageRateLimitPolicy;
      const now = platform.now();
      const code = newCode(codeLength, platform);
      const expiresAt = now + expirationDuration * 1000;
      await messaging.send({
        recipient,
        usageType,
        locales: wording.locales ?? [],
        application: wording.application || brandName(policy),
        code,
        now,
        lifetimeSeconds: expirationDuration,
        keep: { flow, digest: digestCode(secretKeys.codes, flow, recipient.key, code), expiresAt },
        boundTo: send.boundTo,
        link: send.linkTo && (() => send.linkTo?.({ code, expiresAt }) ?? ''),
        isSuppressed,
        isDiscreet,
        ...sendLimitsOf(policy, { recipient, counter, address: client?.address, isSecret }),
      });
      return { expiresAt, resendAfter: now + resendInterval * 1000 };
    },

    /**
     * Spends a try on the pending code; what holds no code of the policy's length is wrong and spends none.
     * @throws ApiError `verification_code.*` unless the answer is right
     */
    async answer({ recipient, flow, code: typed, client }: AnswerVerification): Promise<void> {
      const [{ verificationCodePolicy }, counter] = await Promise.all([
        experience.read(),
        counterOf(client, recipient),
      ]);
      const code = readCode(typed, verificationCodePolicy.codeLength);
      if (code === undefined) {
        const tries = await triesOfPendingCode(store, flow, recipient.key);
        if (tries === undefined) throw new ApiError('verification_code.not_found');
        const triesLeft = Math.max(0, verificationCodePolicy.maxRetryAttempts - tries);
        throw new ApiError('verification_code.code_mismatch', { triesLeft });
      }
      const result = await checkCode(store, {
        id: platform.randomUUID(),
        flow,
        recipient: recipient.key,
        counter,
        digest: digestCode(secretKeys.codes, flow, recipient.key, code),
        maxTries: verificationCodePolicy.maxRetryAttempts,
        now: platform.now(),
        endsLimits: resendKeys(recipient.key, counter),
      });
      observer.codeChecked(result.outcome);
      if (result.outcome !== 'right') throw refusalOf(result);
    },

    /** Whether the client's browser has signed in to the account of the recipient before. */
    async isKnown(client: Client, recipient: RecipientKey): Promise<boolean> {
      return (await counterOf(client, recipient)) !== 'strangers';
    },

    /** What keeps a recipient from getting codes and from answering them. */
    lockOf: ({ key }: RecipientKey): Promise<RecipientLock> => readRecipientLock({ store, platform }, key),

    /** Takes answers for a recipient again that too many wrong ones had locked. @returns whether there were any */
    unlock: ({ key }: RecipientKey): Promise<boolean> => clearFailures(store, key),
  };
}
export type Verification = ReturnType<typeof createVerification>;

function refusalOf(result: Exclude<CheckOutcome, { outcome: 'right' }>): ApiError {
  switch (result.outcome) {
    case 'wrong':
      return new ApiError('verification_code.code_mismatch', { triesLeft: result.triesLeft });
    case 'not-found':
      return new ApiError('verification_code.not_found');
    case 'expired':
      return new ApiError('verification_code.expired');
    case 'exhausted':
      return new ApiError('verification_code.exceed_max_try');
    case 'locked':
      return new ApiError('session.verification_blocked_too_many_attempts', { locked: true });
    case 'blocked':
      return new ApiError('session.verification_blocked_too_many_attempts', {
        locked: false,
        retryAfterSeconds: Math.ceil(result.retryAfterMs / 1000),
      });
  }
}
