import type { FailureKind } from '@sesame/connector-kit';
import type { MessageBirdConfig } from './config.ts';

/** What an error means to an administrator. */
export type Refusal = { kind: FailureKind; meaning: string; fields?: readonly (keyof MessageBirdConfig)[] };

const recipient = (meaning: string): Refusal => ({ kind: 'recipient', meaning });
const limit = (meaning: string): Refusal => ({ kind: 'limit', meaning });
const configuration = (meaning: string, ...fields: (keyof MessageBirdConfig)[]): Refusal => ({
  kind: 'configuration',
  meaning,
  ...(fields.length > 0 && { fields }),
});
const unclear = (meaning: string): Refusal => ({ kind: 'unclear', meaning });

const noRecipient = recipient('The recipient is not a number that MessageBird can send to.');
const badOriginator = configuration('MessageBird does not accept the originator.', 'originator');
const badText = configuration('MessageBird does not accept the text.', 'templates');

/**
 * What each error code means that a send can meet. Codes 9 and 10 stand for any parameter, so these have entries of
 * their own for those that differ, with the parameter after a colon.
 * @see https://developers.messagebird.com/api/#errors
 */
export const refusals: ReadonlyMap<string, Refusal> = new Map([
  ['2', configuration('MessageBird does not accept the access key.', 'accessKey')],
  ['9', configuration('A parameter is missing; check the configuration.')],
  ['9: body', badText],
  ['9: originator', badOriginator],
  ['9: recipients', noRecipient],
  ['9: test period', configuration('With test credits MessageBird sends to your own number only; buy credits.')],
  ['10', configuration('MessageBird does not accept a parameter; check the configuration.')],
  ['10: body', badText],
  ['10: originator', badOriginator],
  ['10: recipients', noRecipient],
  ['20', configuration('MessageBird knows nothing under this address; check the endpoint.', 'endpoint')],
  ['21', configuration('MessageBird could not read the request; check the endpoint.', 'endpoint')],
  ['25', configuration('The balance is used up; top it up.')],
  ['98', configuration('There is no such API; check the endpoint.', 'endpoint')],
  ['99', unclear('MessageBird had an internal error.')],
]);

/** What an error means; `undefined` for a code that is not known. */
export function refusalFor(code: number, parameter: string | null | undefined, words: string): Refusal | undefined {
  const about = /\btest (period|credits)\b/i.test(words)
    ? 'test period'
    : parameter?.replace(/^recipient$/, 'recipients');
  return refusals.get(`${code}: ${about}`) ?? refusals.get(String(code));
}

/** What the reason means with which MessageBird takes a message and gives it up at once. */
export const givenUpReasons: ReadonlyMap<string, Refusal> = new Map([
  ['capacity limit reached', limit('Too many messages at once for the route.')],
  ['carrier rejected', configuration('The carrier rejected the message; register the originator, or change the text.')],
  ['expired', unclear('The message expired before it could be sent.')],
  ['incorrect number', recipient('The number does not exist.')],
  ['insufficient balance', configuration('The balance is used up; top it up.')],
  ['opted out', recipient('The recipient opted out of messages of this originator.')],
  ['unavailable subscriber', recipient('The phone is off or out of reach.')],
  ['unknown subscriber', recipient('The carrier does not know the number.')],
]);
