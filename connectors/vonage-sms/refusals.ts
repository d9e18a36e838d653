import type { FailureKind } from '@sesame/connector-kit';
import type { VonageConfig } from './config.ts';

/** What one of Vonage's statuses means to an administrator. */
export type Refusal = {
  kind: FailureKind;
  meaning: string;
  fields?: readonly (keyof VonageConfig)[];
  /** Vonage asks to come back: nothing of the message was processed. */
  retry?: true;
};

/** What is refused when the API key or the API secret is wrong. */
export const wrongCredentials: Refusal = {
  kind: 'configuration',
  meaning: 'Vonage did not accept the API key and the API secret.',
  fields: ['apiKey', 'apiSecret'],
};

/**
 * Each status other than 0 that a message may come back with; statuses that are not here are unclear.
 * @see https://developer.vonage.com/en/messaging/sms/guides/troubleshooting-sms
 */
export const refusals: ReadonlyMap<string, Refusal> = new Map(
  Object.entries({
    1: {
      kind: 'limit',
      meaning: 'The account sends faster than it may; Vonage did not take the message.',
      retry: true,
    },
    2: { kind: 'configuration', meaning: 'The sender or the text of the message is empty.', fields: ['templates'] },
    3: { kind: 'configuration', meaning: 'Vonage did not accept a value of the message; its words tell which.' },
    4: wrongCredentials,
    5: { kind: 'unclear', meaning: 'Vonage had an error of its own while it processed the message.' },
    6: { kind: 'recipient', meaning: 'Vonage cannot reach this number; its prefix may not exist.' },
    7: { kind: 'recipient', meaning: 'The recipient is on the list of barred numbers.' },
    8: { kind: 'configuration', meaning: 'The account is suspended; ask Vonage why.' },
    9: { kind: 'configuration', meaning: 'The account has no credit left; top it up.' },
    10: { kind: 'limit', meaning: 'The account has too many connections to Vonage at once.', retry: true },
    11: { kind: 'configuration', meaning: 'The account is not enabled for the SMS API; ask Vonage.' },
    12: { kind: 'configuration', meaning: 'The text is too long.', fields: ['templates'] },
    14: {
      kind: 'configuration',
      meaning: 'Vonage could not verify a signature; Sesame does not sign, so it must not be demanded.',
    },
    15: {
      kind: 'configuration',
      meaning: 'This sender may not be used for this destination; the United States and Canada need a Vonage number.',
      fields: ['brandName'],
    },
    22: { kind: 'configuration', meaning: 'Vonage does not know the network of the recipient.' },
    23: { kind: 'configuration', meaning: 'The address for delivery receipts in the API Settings is not valid.' },
    29: {
      kind: 'configuration',
      meaning: 'The account is in demo mode and sends to listed numbers only; add this one, or top up the account.',
    },
    32: { kind: 'configuration', meaning: 'A signed request may not carry the API secret as well.' },
    33: { kind: 'recipient', meaning: 'The number is no longer in use.' },
  } satisfies Record<number, Refusal>),
);
