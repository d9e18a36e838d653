import { mailboxOf } from '@sesame/connector-kit';
import type { SignInExperience } from '../experience/sign-in-experience.ts';
import type { RecipientKey } from '../messaging/recipient.ts';
import { networksOf } from '../protection/networks.ts';
import type { Counter } from '../store/failure-policy.ts';
import type { SendLimit } from '../store/sends.ts';

/** All known browsers of one number together may send so many times what one of them may. */
export const knownDevicesFactor = 2;
/** Of the sends in all by a channel, strangers get so much, so that they never take the last from those who are known. */
export const strangersShare = 0.9;
/** So much they get together with the back ends, whose users are strangers here. */
const unknownShare = 0.95;

/** Who asks for a code to whom. */
export type AskForCode = {
  recipient: RecipientKey;
  counter: Counter;
  /** The client's IP address, where an end user asks. */
  address: string | undefined;
  /** Whether nobody may learn if the message goes out. */
  isSecret: boolean;
};

/** The key of the messages to a number or a mailbox in a window: other spellings of an address bring nobody more. */
export const recipientKey = (recipient: string, counter: Counter) => `recipient:${mailboxOf(recipient)}/${counter}`;

/** The key of the wait between two messages. */
export const resendKey = (recipient: string, counter: Counter) => `resend:${mailboxOf(recipient)}/${counter}`;

/** The wait between two messages that end users ask for; none where there is to be none. */
export const resendLimitOf = (
  { resendInterval }: Pick<SignInExperience['messageRateLimitPolicy'], 'resendInterval'>,
  recipient: string,
  counter: Counter,
): SendLimit | undefined =>
  resendInterval === 0
    ? undefined
    : { key: resendKey(recipient, counter), maxSends: 1, windowMs: resendInterval * 1000 };

/** The waits that end when the number was reached: strangers' and that of whoever has answered. */
export const resendKeys = (recipient: string, counter: Counter): string[] =>
  [...new Set([counter, 'strangers' as const])].map((one) => resendKey(recipient, one));

/**
 * The limits that a send counts under. `ceiling` is one that must not show: it is looked at when nobody waits for the
 * answer any more.
 */
export function sendLimitsOf(
  { messageRateLimitPolicy }: SignInExperience,
  { recipient: { channel, key: recipient }, counter, address, isSecret }: AskForCode,
): { limits: SendLimit[]; ceiling: SendLimit | undefined } {
  const { sendWindow, ...policy } = messageRateLimitPolicy;
  const limit = (key: string, max: number | null, factor = 1): SendLimit[] =>
    max === null ? [] : [{ key, maxSends: Math.ceil(max * factor), windowMs: sendWindow * 1000 }];
  const ofSent = (key: string, factor = 1): SendLimit[] =>
    limit(key, policy.maxSendsTotal, factor).map((one) => ({ ...one, isOfSent: true }));
  const resend = resendLimitOf(messageRateLimitPolicy, recipient, counter);
  const isStranger = counter === 'strangers';
  const isDevice = counter.startsWith('device:');
  const group = isDevice ? 'devices' : counter;
  const [ceiling] = isSecret ? ofSent(`total-secret/${channel}`) : [];
  return {
    limits: [
      ...limit(recipientKey(recipient, counter), policy.maxSendsPerRecipient),
      ...(isDevice
        ? limit(`recipient:${mailboxOf(recipient)}/devices`, policy.maxSendsPerRecipient, knownDevicesFactor)
        : []),
      ...(address !== undefined && resend ? [resend] : []),
      ...(address === undefined ? [] : networksOf(address)).flatMap(({ name, factor }) =>
        limit(`network:${name}/${group}`, policy.maxSendsPerAddress, factor),
      ),
      ...(isSecret ? [] : ofSent(`total/${channel}`)),
      ...(isDevice || isSecret ? [] : ofSent(`total/${channel}/unknown`, unknownShare)),
      ...(isStranger && !isSecret ? ofSent(`total/${channel}/strangers`, strangersShare) : []),
    ],
    ceiling,
  };
}
