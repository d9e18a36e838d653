import {
  type ConnectorError,
  configuration,
  doubt,
  hideSecrets,
  isInDoubt,
  limit,
  type Message,
  type ProviderReply,
  type Refusal,
  type Refused,
  type ReplyHeaders,
  recipient,
  refusalError,
  refusalTable,
  retryAfterSeconds,
  throttled,
  unclear,
  unreadableReply,
} from '@sesame/connector-kit';
import { z } from 'zod';
import { credentialsOf, type TwilioConfig } from './config.ts';

type TwilioRefusal = Refusal<keyof TwilioConfig>;

const credentials = ['accountSID', 'authToken', 'apiKeySID', 'apiKeySecret'] as const;
const senders = ['from', 'fromMessagingServiceSID'] as const;

/**
 * What each error code means that a send can meet. Some come with the answer to the request, some only in the later
 * state of the message. Codes that are not here are judged by their HTTP status.
 * @see https://www.twilio.com/docs/api/errors
 */
export const refusals = refusalTable<TwilioRefusal>({
  21211: recipient('The recipient is not a valid phone number.'),
  21265: recipient('The recipient is a short code; short codes cannot receive codes.'),
  21266: recipient('The recipient and the sender are the same number.'),
  21610: recipient('The recipient replied STOP to this sender; they can reply START to get messages again.'),
  21614: recipient('The recipient is not a mobile number.'),
  21635: recipient('The recipient is a landline.'),
  30003: recipient('The phone is off or out of reach.'),
  30004: recipient('The recipient or their carrier blocks messages of this sender.'),
  30005: recipient('The recipient is unknown to its carrier.'),
  30006: recipient('The recipient is a landline, or its carrier cannot be reached.'),
  60205: recipient('The recipient is a landline.'),
  63003: recipient('WhatsApp does not know the number of the recipient.'),
  63014: recipient('The recipient blocked this sender on WhatsApp.'),
  63024: recipient(
    'The recipient cannot get this on WhatsApp: they do not have it, or have to update it or accept its terms.',
  ),

  20429: throttled('Too many requests at once; Twilio did not process this one.'),
  21611: limit('The queue of this sender is full; send less, or add senders to a Messaging Service.'),
  30001: limit('The queue at Twilio overflowed; send less at a time.'),
  30022: limit('The sender went over its A2P 10DLC rate; send less, or raise the rate of the campaign.'),
  30023: limit('The daily cap of the A2P 10DLC brand is reached.'),
  30036: limit('The message waited in the queue until its code had expired; add senders or send less.'),
  30450: limit('SMS Pumping Protection blocks this destination for now, usually for 15 to 30 minutes.'),
  30453: limit('SMS Pumping Protection blocks this destination for now.'),
  60203: limit('Too many attempts for this recipient.'),
  60212: limit('Too many requests at once for this recipient.'),
  60410: limit('Twilio blocks this destination for now because of suspected fraud.'),
  60728: limit('The account sent as many messages as it may in an hour; ask Twilio to raise the limit.'),
  63017: limit('The account sends faster than it may.'),
  63018: limit('The WhatsApp sender reached its limit; wait, or have it raised in the Twilio Console.'),
  63038: limit('The account sent as many messages as it may in 24 hours; ask Twilio to raise the limit.'),

  10001: configuration('The account is not active; sign in to the Twilio Console to see why.'),
  20003: configuration(
    'Twilio did not accept the credentials. Check them, and that they are of this region.',
    ...credentials,
  ),
  20005: configuration('The account is not active; sign in to the Twilio Console to see why.'),
  20008: configuration('Test credentials cannot do this; use the live ones.', ...credentials),
  20404: configuration('There is no such account; check the Account SID and the endpoint.', 'accountSID', 'endpoint'),
  21212: configuration('The sender is not a valid number or name.', 'from'),
  21264: configuration('The sender is not a verified number.', 'from'),
  21267: configuration('A trial account cannot send from a name; use your Twilio number or upgrade.', 'from'),
  21408: configuration(
    'Messages to this country are switched off: Twilio Console, Messaging, Settings, Geo permissions.',
  ),
  21602: configuration('The text of the message is empty.', 'templates'),
  21603: configuration('There is no sender.', ...senders),
  21606: configuration('This sender cannot send messages to this destination.', ...senders),
  21607: configuration('A trial account sends only from its own trial number.', 'from'),
  21608: configuration('A trial account sends only to verified numbers; verify this number or upgrade the account.'),
  21612: configuration('This sender cannot reach this recipient; use one that the country allows.', ...senders),
  21617: configuration('The text is longer than 1600 characters.', 'templates'),
  21624: configuration('Twilio did not accept the lifetime of the message.'),
  21655: configuration('There is no such Content SID in this account.', 'whatsAppTemplates'),
  21656: configuration('Twilio did not accept the code for the template.', 'whatsAppTemplates'),
  21659: configuration('The sender is not a Twilio number.', 'from'),
  21660: configuration('The sender belongs to another account.', 'from', 'accountSID'),
  21661: configuration('The sender cannot send SMS.', 'from'),
  21703: configuration('The Messaging Service has no sender that fits.', 'fromMessagingServiceSID'),
  21704: configuration('The Messaging Service has no senders; add one to its pool.', 'fromMessagingServiceSID'),
  21705: configuration('There is no such Messaging Service.', 'fromMessagingServiceSID'),
  21910: configuration('The sender is not one of WhatsApp.', ...senders),
  30002: configuration('The account is suspended; check its balance and its messages in the Twilio Console.'),
  30007: configuration(
    'A carrier filtered the message as unwanted; register the sender, or change the text.',
    'templates',
  ),
  30032: configuration('The toll-free number is not verified yet.', ...senders),
  30034: configuration('The sender is not registered for A2P 10DLC in the United States.', ...senders),
  30044: configuration('The text is too long for a trial account; shorten it or upgrade.', 'templates'),
  60605: configuration('Messages to this country are switched off in the Geo permissions.'),
  63007: configuration('The sender is not set up for WhatsApp in this account.', ...senders),
  63013: configuration('The message violates a policy of WhatsApp.', 'whatsAppTemplates'),
  63016: configuration('WhatsApp takes only a template that it approved.', 'whatsAppTemplates'),
  63021: configuration('WhatsApp does not take the content of the template.', 'whatsAppTemplates'),
  63027: configuration('WhatsApp has not approved the template in its language.', 'whatsAppTemplates'),
  63028: configuration(
    'The template has another number of variables; use one of the type Authentication.',
    'whatsAppTemplates',
  ),
  90010: configuration('The account is not active; sign in to the Twilio Console to see why.'),

  30008: unclear('The carrier gave no reason.'),
  30410: unclear('The carrier did not answer in time.'),
});

const refusalGuard = z.object({
  code: z.number().optional(),
  message: z.string().optional(),
  more_info: z.string().optional(),
});

type Sent = { message: Pick<Message, 'text' | 'variables'>; config: TwilioConfig };

/**
 * The error for an answer with a status of 400 or more.
 * @see https://www.twilio.com/docs/usage/twilios-response#response-formats-exceptions
 */
export function refused(reply: ProviderReply, sent: Sent): ConnectorError {
  const { status } = reply;
  const body = refusalGuard.safeParse(reply.json);
  const { code, message, more_info } = body.success ? body.data : {};
  if (code === undefined && message === undefined && status !== 429) return unreadableReply(reply);
  const known = code === undefined || isInDoubt(status) ? undefined : refusals.get(String(code));
  const refusal = { ...(known ?? refusalOf(status)), retryAfterSeconds: retryAfterSeconds(reply.headers) };
  const notes = [refusal.kind === 'unclear' && doubt, more_info];
  return refusalWith(refusal, { code, words: message, notes }, reply, sent);
}

/** The same for a question, or for what Twilio was told, of a message. */
export const notTaken = (reply: ProviderReply, config: TwilioConfig): ConnectorError =>
  refused(reply, { message: { text: '', variables: {} }, config });

/** The error for a message that Twilio took and gave up at once, with status `failed`, `undelivered` or `canceled`. */
export function givenUp(
  { status }: ProviderReply,
  { state, code, words }: { state: string; code: number | undefined; words: string | undefined },
  sent: Sent,
): ConnectorError {
  const known = code === undefined ? undefined : refusals.get(String(code));
  const refusal = known ?? unclear(`Twilio took the message and set it to ${state}.`);
  return refusalWith({ ...refusal, retry: undefined }, { code, words }, { status }, sent);
}

function refusalOf(status: number): TwilioRefusal {
  if (status >= 500) return unclear(`Twilio has a problem of its own (HTTP ${status}).`);
  if (status === 429) return throttled('Twilio is limiting requests.');
  const meaning = `Twilio refused the request (HTTP ${status}).`;
  return isInDoubt(status) ? unclear(meaning) : configuration(meaning);
}

/**
 * Twilio quotes what it refuses; neither the text nor the code nor a secret may travel on in its words. The Auth Token is
 * not used beside an API key, so it is not at fault then.
 */
function refusalWith(
  refusal: TwilioRefusal,
  said: Omit<Refused, 'hide' | 'config'>,
  reply: { status: number; headers?: ReplyHeaders },
  { message, config }: Sent,
) {
  const unused = config.apiKeySID ? 'authToken' : 'apiKeySID';
  const fields = (refusal.fields ?? []).filter((field) => field !== unused);
  const secrets = [message.text, message.variables.code, credentialsOf(config), config.authToken, config.apiKeySecret];
  const hide = (words: string) => hideSecrets(words, secrets);
  return refusalError(reply, { ...refusal, fields }, { ...said, config, hide });
}
