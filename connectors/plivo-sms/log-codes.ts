import { configuration, limit, type Refusal, recipient, refusalTable, unclear } from '@sesame/connector-kit';

/**
 * Why a message that Plivo had accepted was not delivered.
 * @see https://www.plivo.com/docs/messaging/troubleshooting/error-codes
 */
export const logCodes = refusalTable<Refusal>({
  10: unclear('A carrier called the message invalid.'),
  20: unclear('The network of the carrier had trouble.'),
  30: configuration('A carrier took the message for spam; register the sender, or change the text.'),
  40: configuration('The sender is not valid, cannot send SMS, or is not yours.'),
  50: recipient('The recipient is not valid, or a landline.'),
  60: unclear('The message went round in circles between carriers.'),
  70: recipient('The number is no longer in use.'),
  80: recipient('The phone is off or out of reach.'),
  90: configuration('Plivo found no way to the carrier.'),
  100: recipient('The network of the recipient does not take SMS.'),
  110: configuration('The text is too long.'),
  200: recipient('The recipient replied STOP to this sender.'),
  201: configuration('A toll-free number of the United States cannot send to Canada.'),
  420: limit('The code expired in the queue of Plivo; add senders or send less.'),
  450: configuration('Messages to this country are switched off: Plivo console, Messaging, Settings, Geo Permissions.'),
  451: limit('This country got as many messages an hour as the Geo Permissions allow.'),
  900: configuration('The account has no credit left; top it up.'),
  1000: unclear('Nobody gave a reason.'),
});
