import type { ReportState } from '@sesame/connector-kit';
import type { CheckOutcome } from '../store/checks.ts';
import type { MessageState } from '../store/tables/messages.ts';

/** Where a message went, and through what; the network where the provider has named it. */
type WhereItWent = { country: string | null; factoryId: string | null; network: string | null };

/** An SMS and what it cost, in millionths of the currency. */
export type CostOfSms = { country: string | null; factoryId: string | null; currency: string; cost: number };

/** What is told of, for metrics and the log. */
export type Observer = {
  messageSettled: (state: MessageState, factoryId: string | null) => void;
  /** A provider says for the first time that a message was delivered, so many milliseconds after the send. */
  messageDelivered: (message: WhereItWent & { tookMs: number }) => void;
  /** An SMS went out, by our estimate for so much. */
  smsCosts: (sms: CostOfSms) => void;
  /** A provider says for the first time what an SMS cost. */
  smsPriced: (sms: CostOfSms) => void;
  /** A right code was the code of this message, so many milliseconds after the send. */
  messageVerified: (message: WhereItWent & { tookMs: number }) => void;
  /** The outcome of a message could not be recorded. */
  settlingFailed: (messageId: string, error: unknown) => void;
  /** What a request with reports was: one that was not taken has none. */
  reported: (what: ReportState | 'unknown' | 'refused', factoryId: string | null) => void;
  codeChecked: (outcome: CheckOutcome['outcome']) => void;
  /** A provider of human checks does not answer, or does not take our keys. */
  checkInTrouble: (detail: string) => void;
  /** The guard decided on a send, or could not. */
  guardDecided: (decision: 'go' | 'check' | 'refuse', mode: 'record' | 'enforce') => void;
  guardFailed: (error: unknown) => void;
  /** Little is left of a cap on what is spent, or nothing: `share` is 1 or more where it is full. */
  capNears: (cap: { period: string; country: string | undefined; share: number }) => void;
  /** A webhook said that it is gone and was switched off. */
  hookGone: (hookId: string) => void;
  /** A provider did not answer what it was asked, or told, of messages after their send. */
  followUpFailed: (connectorId: string, step: string, error: unknown) => void;
  /** An owner could not be told of a change, for want of the database. */
  noticeFailed: (error: unknown) => void;
  /** What is to be delivered to webhooks could not be looked for, or what came of it not be recorded. */
  deliveryFailed: (error: unknown) => void;
};

/** Told to nobody. */
export const silentObserver: Observer = {
  messageSettled: () => {},
  messageDelivered: () => {},
  smsCosts: () => {},
  smsPriced: () => {},
  messageVerified: () => {},
  settlingFailed: () => {},
  reported: () => {},
  codeChecked: () => {},
  checkInTrouble: () => {},
  guardDecided: () => {},
  guardFailed: () => {},
  capNears: () => {},
  hookGone: () => {},
  followUpFailed: () => {},
  noticeFailed: () => {},
  deliveryFailed: () => {},
};
