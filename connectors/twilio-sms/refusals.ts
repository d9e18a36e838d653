import type { FailureKind } from '@sesame/connector-kit';
import type { TwilioConfig } from './config.ts';

/** What one of Twilio's error codes means to an administrator. */
export type Refusal = { kind: FailureKind; meaning: string; fields?: readonly (keyof TwilioConfig)[] };

const credentials = ['accountSID', 'authToken', 'apiKeySID', 'apiKeySecret'] as const;
const senders = ['from', 'fromMessagingServiceSID'] as const;

const recipient = {
  21211: 'The recipient is not a valid phone number.',
  21265: 'The recipient is a short code; short codes cannot receive codes.',
  21266: 'The recipient and the sender are the same number.',
  21610: 'The recipient replied STOP to this sender; they can reply START to get messages again.',
  21614: 'The recipient is not a mobile number.',
  21635: 'The recipient is a landline.',
  30003: 'The phone is off or out of reach.',
  30004: 'The recipient or their carrier blocks messages of this sender.',
  30005: 'The recipient is unknown to its carrier.',
  30006: 'The recipient is a landline, or its carrier cannot be reached.',
  60205: 'The recipient is a landline.',
};

const limit = {
  20429: 'Too many requests at once; Twilio did not process this one.',
  21611: 'The queue of this sender is full; send less, or add senders to a Messaging Service.',
  30001: 'The queue at Twilio overflowed; send less at a time.',
  30022: 'The sender went over its A2P 10DLC rate; send less, or raise the rate of the campaign.',
  30023: 'The daily cap of the A2P 10DLC brand is reached.',
  30036: 'The message waited in the queue until its code had expired; add senders or send less.',
  30450: 'SMS Pumping Protection blocks this destination for now, usually for 15 to 30 minutes.',
  30453: 'SMS Pumping Protection blocks this destination for now.',
  60203: 'Too many attempts for this recipient.',
  60212: 'Too many requests at once for this recipient.',
  60410: 'Twilio blocks this destination for now because of suspected fraud.',
  60728: 'The account sent as many messages as it may in an hour; ask Twilio to raise the limit.',
  63017: 'The account sends faster than it may.',
  63038: 'The account sent as many messages as it may in 24 hours; ask Twilio to raise the limit.',
};

const configuration: Record<number, string | [meaning: string, fields: Refusal['fields']]> = {
  10001: 'The account is not active; sign in to the Twilio Console to see why.',
  20003: ['Twilio did not accept the credentials. Check them, and that they are of this region.', credentials],
  20005: 'The account is not active; sign in to the Twilio Console to see why.',
  20008: ['Test credentials cannot do this; use the live ones.', credentials],
  20404: ['There is no such account; check the Account SID and the endpoint.', ['accountSID', 'endpoint']],
  21212: ['The sender is not a valid number or name.', ['from']],
  21264: ['The sender is not a verified number.', ['from']],
  21267: ['A trial account cannot send from a name; use your Twilio number or upgrade.', ['from']],
  21408: 'Messages to this country are switched off: Twilio Console, Messaging, Settings, Geo permissions.',
  21602: ['The text of the message is empty.', ['templates']],
  21603: ['There is no sender.', senders],
  21606: ['This sender cannot send messages to this destination.', senders],
  21607: ['A trial account sends only from its own trial number.', ['from']],
  21608: 'A trial account sends only to verified numbers; verify this number or upgrade the account.',
  21612: ['This sender cannot reach this recipient; use one that the country allows.', senders],
  21617: ['The text is longer than 1600 characters.', ['templates']],
  21624: 'Twilio did not accept the lifetime of the message.',
  21659: ['The sender is not a Twilio number.', ['from']],
  21660: ['The sender belongs to another account.', ['from', 'accountSID']],
  21661: ['The sender cannot send SMS.', ['from']],
  21703: ['The Messaging Service has no sender that fits.', ['fromMessagingServiceSID']],
  21704: ['The Messaging Service has no senders; add one to its pool.', ['fromMessagingServiceSID']],
  21705: ['There is no such Messaging Service.', ['fromMessagingServiceSID']],
  30002: 'The account is suspended; check its balance and its messages in the Twilio Console.',
  30007: ['A carrier filtered the message as unwanted; register the sender, or change the text.', ['templates']],
  30032: ['The toll-free number is not verified yet.', senders],
  30034: ['The sender is not registered for A2P 10DLC in the United States.', senders],
  30044: ['The text is too long for a trial account; shorten it or upgrade.', ['templates']],
  60605: 'Messages to this country are switched off in the Geo permissions.',
  90010: 'The account is not active; sign in to the Twilio Console to see why.',
};

const unclear = {
  30008: 'The carrier gave no reason.',
  30410: 'The carrier did not answer in time.',
};

/**
 * What each error code means that a send can meet. Some come with the answer to the request, some only in the later
 * state of the message. Codes that are not here are judged by their HTTP status.
 * @see https://www.twilio.com/docs/api/errors
 */
export const refusals: ReadonlyMap<number, Refusal> = new Map([
  ...entriesOf('recipient', recipient),
  ...entriesOf('limit', limit),
  ...entriesOf('configuration', configuration),
  ...entriesOf('unclear', unclear),
]);

function entriesOf(kind: FailureKind, meanings: typeof configuration): [number, Refusal][] {
  return Object.entries(meanings).map(([code, entry]) => {
    const [meaning, fields] = typeof entry === 'string' ? [entry] : entry;
    return [Number(code), { kind, meaning, ...(fields && { fields }) }];
  });
}
