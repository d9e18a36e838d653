import type { DeliveryReport } from './reports.ts';
import type { PhoneNumber } from './template.ts';

/** A message that the provider took, as it is asked about it, or told of it, later. */
export type SentMessage = {
  messageId: string;
  /** The provider's id, as `send` gave it. */
  providerMessageId: string;
  recipient: PhoneNumber;
  /** Milliseconds since the epoch. */
  sentAt: number;
};

/** One whose code was typed in. */
export type VerifiedMessage = SentMessage & { verifiedAt: number };

/**
 * What a connector does with its provider after messages went out, off the way of any request; each only where its
 * configuration wishes it. All of it may come again, also of the same message.
 */
export type Afterwards = {
  /**
   * Asks what became of a message; nothing where the provider does not know yet. Beside `collectReports` only of those that
   * nothing was told of for an hour. @throws ConnectorError
   */
  askOutcome?: ((message: SentMessage) => Promise<DeliveryReport[]>) | undefined;
  /** The same for what it cost. @throws ConnectorError */
  askPrice?: ((message: SentMessage) => Promise<DeliveryReport[]>) | undefined;
  /**
   * Takes what the provider holds ready of all messages, each report once, so many at a time that an empty list says there
   * are no more. One process does that at a time. @throws ConnectorError
   */
  collectReports?: (() => Promise<DeliveryReport[]>) | undefined;
  /** Tells the provider that the code of a message was typed in. @throws ConnectorError */
  tellVerified?: ((message: VerifiedMessage) => Promise<void>) | undefined;
};
