import type { Afterwards, DeliveryReport, SentMessage } from '@sesame/connector-kit';
import {
  type FollowedMessage,
  isOpen,
  isUnpriced,
  isVerifiedWithin,
  type StepCondition,
} from '../../store/follow-ups.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** What is done with a message some time after its send. */
export type Step = {
  name: string;
  afterMs: number;
  /** How long it may wait for a provider that is away; what is older is left. */
  lateMs: number;
  condition: StepCondition;
  /** Nothing where the connector does not do that. */
  work: (afterwards: Afterwards) => ((message: FollowedMessage) => Promise<DeliveryReport[]>) | undefined;
};

/** How long a message is followed. */
export const followedMs = day + hour;

/** Most codes are typed in within the first of them; no code can be typed in after the second. */
const verifiedBy = [5 * minute, 90 * minute];

/** Every step of every message. Providers know soon, later, or never; they charge some minutes after that. */
export const steps: readonly Step[] = [
  // What is held ready for all comes without a question; after an hour it may have been lost on its way to us.
  ...[20 * second, minute, 5 * minute, hour, day].map((afterMs) =>
    asking('outcome', afterMs, isOpen, ({ askOutcome, collectReports }) =>
      collectReports && afterMs < hour ? undefined : askOutcome,
    ),
  ),
  ...[3 * minute, hour, day].map((afterMs) => asking('price', afterMs, isUnpriced, ({ askPrice }) => askPrice)),
  ...verifiedBy.map(
    (by, index): Step => ({
      name: `verified/${by / second}`,
      afterMs: by,
      // Nothing tells it later.
      lateMs: day,
      condition: isVerifiedWithin(verifiedBy[index - 1] ?? -1, by),
      work: ({ tellVerified }) =>
        tellVerified &&
        (async (message) => {
          await tellVerified({ ...sentMessage(message), verifiedAt: message.verified_at as number });
          return [];
        }),
    }),
  ),
];

function asking(
  what: string,
  afterMs: number,
  condition: StepCondition,
  functionOf: (afterwards: Afterwards) => ((message: SentMessage) => Promise<DeliveryReport[]>) | undefined,
): Step {
  return {
    name: `${what}/${afterMs / second}`,
    afterMs,
    // The next step may still ask.
    lateMs: hour,
    condition,
    work(afterwards) {
      const ask = functionOf(afterwards);
      // What the answer is of, the question says.
      return (
        ask &&
        (async (message) => (await ask(sentMessage(message))).map((report) => ({ ...report, messageId: message.id })))
      );
    },
  };
}

const sentMessage = ({ id, recipient, created_at, provider_message_id }: FollowedMessage): SentMessage => ({
  messageId: id,
  providerMessageId: provider_message_id,
  recipient: recipient as SentMessage['recipient'],
  sentAt: created_at,
});
