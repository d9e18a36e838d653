import type { FailureKind } from '@sesame/connector-kit';
import type { InfobipConfig } from './config.ts';

/** What one of Infobip's codes means to an administrator; `name` is the code in letters. */
export type Refusal = {
  name: string;
  kind: FailureKind;
  meaning: string;
  fields?: readonly (keyof InfobipConfig)[];
  retryAfterSeconds?: number;
};

const hour = 3600;

/**
 * Why Infobip gave a message up at once, by the number of its status: the names have changed over the years.
 * @see https://www.infobip.com/docs/developer-resources/api-fundamentals/message-status-codes
 */
export const messageRefusals: ReadonlyMap<number, Refusal> = new Map([
  [4, unclear('UNDELIVERABLE_REJECTED_OPERATOR', 'The carrier refused the message and gave no clear reason.')],
  [6, configuration('REJECTED_NETWORK', 'The account cannot send to this network; ask Infobip to set it up.')],
  [8, recipient('REJECTED_PREFIX_MISSING', 'No network has numbers with this prefix and length.')],
  [9, recipient('UNDELIVERABLE_NOT_DELIVERED', 'Not delivered: mostly the number is wrong or out of reach.')],
  [10, recipient('REJECTED_DND', 'The recipient is on a do-not-disturb list.')],
  [11, configuration('REJECTED_SOURCE', 'The sender is not registered on the account.', ['from'])],
  [12, configuration('REJECTED_NOT_ENOUGH_CREDITS', 'The account has no credit left: top it up.')],
  [13, configuration('REJECTED_SENDER', 'The sender is on the blocklist of the account.', ['from'])],
  [14, recipient('REJECTED_DESTINATION_BLOCKLISTED', 'The account or the carrier has the number on a blocklist.')],
  [15, unclear('EXPIRED_EXPIRED', 'The message waited until its code had expired.')],
  [17, configuration('REJECTED_PREPAID_PACKAGE_EXPIRED', 'The credit of the account is past its date: top it up.')],
  [18, configuration('REJECTED_DESTINATION_NOT_REGISTERED', 'The account sends only to the numbers verified there.')],
  [19, configuration('REJECTED_ROUTE_NOT_AVAILABLE', 'The account is not set up to send SMS: ask Infobip.')],
  [20, limit('REJECTED_FLOODING_FILTER', 'Too many messages to this number: by default 20 an hour, 6 alike.', hour)],
  [21, unclear('REJECTED_SYSTEM_ERROR', 'Infobip had an error of its own and rejected the message.')],
  [23, unclear('REJECTED_DUPLICATE_MESSAGE_ID', 'Infobip got the message twice; the first one may have been sent.')],
  [24, configuration('REJECTED_INVALID_UDH', 'Infobip found the message malformed: check the text.', ['templates'])],
  [25, configuration('REJECTED_MESSAGE_TOO_LONG', 'The text is longer than 4000 bytes or 25 SMS.', ['templates'])],
  [29, unclear('EXPIRED_DLR_UNKNOWN', 'The carrier never told what came of the message.')],
  [31, unclear('UNDELIVERABLE_NOT_SENT', 'Infobip did not send the message and gave no reason.')],
  [51, recipient('MISSING_TO', 'Infobip found no number in the request.')],
  [
    52,
    recipient('REJECTED_DESTINATION', 'The number is not valid: no carrier has its prefix, or its length is wrong.'),
  ],
  [87, limit('SIGNALS_BLOCKED', 'Infobip Signals blocks the message as suspected fraud; ask Infobip if it is not.')],
  [100, unclear('UNDELIVERABLE_REJECTED_PLATFORM', 'Infobip could not process the message, maybe only for a while.')],
]);

/**
 * Why Infobip refused a request as a whole. Each code comes with the HTTP status that it names.
 * @see https://www.infobip.com/docs/developer-resources/api-fundamentals/handling-errors
 */
export const requestRefusals: ReadonlyMap<string, Refusal> = new Map(
  [
    configuration('E400', 'Infobip found a fault in the request; its words tell which.'),
    configuration('E401', 'Infobip did not accept the API key: it is wrong, expired, or bound to other addresses.', [
      'apiKey',
    ]),
    configuration('E403', 'The API key may not send SMS: give it the scope sms:message:send.', ['apiKey']),
    configuration('E404', 'There is no SMS API at this address: check the base URL.', ['endpoint']),
    limit('E429', 'Too many requests at once; Infobip did not process this one.'),
    unclear('E500', 'Infobip has a problem of its own; the message may or may not have been sent.'),
  ].map((refusal) => [refusal.name, refusal]),
);

function recipient(name: string, meaning: string): Refusal {
  return { name, kind: 'recipient', meaning };
}

function limit(name: string, meaning: string, retryAfterSeconds?: number): Refusal {
  return { name, kind: 'limit', meaning, ...(retryAfterSeconds && { retryAfterSeconds }) };
}

function configuration(name: string, meaning: string, fields?: Refusal['fields']): Refusal {
  return { name, kind: 'configuration', meaning, ...(fields && { fields }) };
}

function unclear(name: string, meaning: string): Refusal {
  return { name, kind: 'unclear', meaning };
}
