import { randomBytes } from 'node:crypto';
import {
  type DoubleReply,
  type ProviderDouble,
  type ReceivedRequest,
  startProviderDouble,
} from '@sesame/connector-kit/provider-double';

/** Which account the double stands for; `apiKeys` maps the SID of each API key to its secret. */
export type TwilioAccount = { accountSID: string; authToken: string; apiKeys?: Record<string, string> };

/** A message that the double accepted. */
export type TwilioMessage = {
  sid: string;
  to: string;
  from: string | undefined;
  messagingServiceSid: string | undefined;
  body: string;
  validityPeriod: number | undefined;
  riskCheck: string | undefined;
  statusCallback: string | undefined;
  /** Whether it may be told that the code was typed in. */
  providesFeedback: boolean;
};

/** What became of a message, as `GET` shows it. */
export type TwilioOutcome = { status: string; price?: string; num_segments?: string; error_code?: number };

/**
 * A double of Twilio's Messages API; `messages` holds what it accepted, oldest first, `confirmed` the SIDs of those of which
 * it was told that their code was typed in. Tests say in `outcomes` what became of a message, by its SID.
 */
export type TwilioDouble = ProviderDouble & {
  messages: TwilioMessage[];
  outcomes: Map<string, TwilioOutcome>;
  confirmed: string[];
};

/**
 * Starts a server that checks a request for a new message as Twilio does, and answers as it does. It is stricter in one
 * thing: a parameter that Twilio does not know is refused. Twilio's magic numbers are refused with their errors.
 * @see https://www.twilio.com/docs/messaging/api/message-resource
 * @see https://www.twilio.com/docs/iam/test-credentials#test-sms-messages
 */
export async function startTwilioDouble(account: TwilioAccount): Promise<TwilioDouble> {
  const messages: TwilioMessage[] = [];
  const outcomes = new Map<string, TwilioOutcome>();
  const confirmed: string[] = [];
  const double = await startProviderDouble((request) => {
    const parameters = new URLSearchParams(isForm(request) ? request.body : '');
    const known = messages.find(({ sid }) => request.path.includes(`/Messages/${sid}`));
    const refused = refuseRequest(request, account, known);
    if (refused) return refused;
    if (known && request.method === 'GET') {
      const outcome = outcomes.get(known.sid) ?? { status: 'sent' };
      return { body: { ...messageResource(known, account.accountSID), ...outcome } };
    }
    if (known) return takeFeedback(known, parameters, account, confirmed);
    const problem = refuseParameters(parameters);
    if (problem) return problem;
    const message = toMessage(parameters);
    messages.push(message);
    return { status: 201, body: messageResource(message, account.accountSID) };
  });
  return { ...double, messages, outcomes, confirmed };
}

/** An error as Twilio writes it, for `replyNext`. */
export function twilioError(status: number, code: number, message: string): DoubleReply {
  return { status, body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status } };
}

function isForm({ headers }: ReceivedRequest): boolean {
  return headers['content-type']?.split(';')[0]?.trim().toLowerCase() === 'application/x-www-form-urlencoded';
}

/** @see https://www.twilio.com/docs/messaging/api/message-feedback-resource */
function takeFeedback(
  { sid, providesFeedback }: TwilioMessage,
  parameters: URLSearchParams,
  { accountSID }: TwilioAccount,
  confirmed: string[],
): DoubleReply {
  const outcome = parameters.get('Outcome');
  if (outcome !== 'confirmed' && outcome !== 'unconfirmed') return twilioError(400, 20001, 'Invalid Outcome');
  if (!providesFeedback) return twilioError(400, 20001, 'The message does not provide feedback');
  if (outcome === 'confirmed') confirmed.push(sid);
  return { status: 201, body: { account_sid: accountSID, message_sid: sid, outcome } };
}

function refuseRequest(
  { method, path, headers }: ReceivedRequest,
  account: TwilioAccount,
  known: TwilioMessage | undefined,
): DoubleReply | undefined {
  const [user = '', password] = credentialsOf(headers.authorization);
  const expected = user === account.accountSID ? account.authToken : account.apiKeys?.[user];
  if (expected === undefined || password !== expected) {
    return { ...twilioError(401, 20003, 'Authenticate'), headers: { 'www-authenticate': 'Basic realm="Twilio API"' } };
  }
  const messages = `/2010-04-01/Accounts/${encodeURIComponent(account.accountSID)}/Messages`;
  const methods: Record<string, string> = { [`${messages}.json`]: 'POST' };
  if (known) {
    methods[`${messages}/${known.sid}.json`] = 'GET';
    methods[`${messages}/${known.sid}/Feedback.json`] = 'POST';
  }
  if (!methods[path]) return twilioError(404, 20404, `The requested resource ${path} was not found`);
  return method === methods[path] ? undefined : twilioError(405, 20004, 'Method not allowed');
}

function credentialsOf(authorization = ''): string[] {
  const encoded = /^Basic (\S+)$/.exec(authorization)?.[1] ?? '';
  const [user = '', ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return [user, password.join(':')];
}

const knownParameters = new Set(
  (
    'To From MessagingServiceSid Body MediaUrl ContentSid ContentVariables StatusCallback ApplicationSid MaxPrice ' +
    'ProvideFeedback Attempt ValidityPeriod ForceDelivery ContentRetention AddressRetention SmartEncoded ' +
    'PersistentAction TrafficType ShortenUrls ScheduleType SendAt SendAsMms RiskCheck MessageIntent FallbackFrom'
  ).split(' '),
);
const phoneNumber = /^\+[1-9]\d{6,14}$/;
const sender = /^(\+[1-9]\d{6,14}|\d{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 +_&-]{1,11})$/;

function refuseParameters(parameters: URLSearchParams): DoubleReply | undefined {
  for (const name of parameters.keys()) {
    if (!knownParameters.has(name)) return twilioError(400, 20001, `Unknown parameter ${name}`);
    if (parameters.getAll(name).length > 1) return twilioError(400, 20001, `Parameter ${name} is given twice`);
  }
  return refuseRecipient(parameters.get('To')) ?? refuseSender(parameters) ?? refuseContent(parameters);
}

function refuseRecipient(to: string | null): DoubleReply | undefined {
  if (!to) return twilioError(400, 21604, "A 'To' phone number is required.");
  if (!phoneNumber.test(to)) return twilioError(400, 21211, `The 'To' number ${to} is not a valid phone number.`);
  const [code, words] = magicRecipients[to] ?? [];
  return code && words ? twilioError(400, code, words) : undefined;
}

function refuseSender(parameters: URLSearchParams): DoubleReply | undefined {
  const from = parameters.get('From');
  if (!from && !parameters.get('MessagingServiceSid')) {
    return twilioError(400, 21603, "A 'From' phone number is required.");
  }
  if (from && (!sender.test(from) || from === '+15005550001')) {
    const words = `The 'From' number ${from} is not a valid phone number, shortcode, or alphanumeric sender ID.`;
    return twilioError(400, 21212, words);
  }
  if (from === '+15005550007') {
    const words = `The 'From' phone number provided (${from}) is not a valid message-capable Twilio phone number`;
    return twilioError(400, 21606, `${words} for this destination.`);
  }
  const fullQueue = "This 'From' number has exceeded the maximum number of queued messages";
  return from === '+15005550008' ? twilioError(429, 21611, fullQueue) : undefined;
}

function refuseContent(parameters: URLSearchParams): DoubleReply | undefined {
  const body = parameters.get('Body');
  if (!body) return twilioError(400, 21602, 'Message body is required.');
  if (body.length > 1600) {
    return twilioError(400, 21617, 'The concatenated message body exceeds the 1600 character limit.');
  }
  const validity = parameters.get('ValidityPeriod');
  if (validity !== null && !(/^\d+$/.test(validity) && Number(validity) >= 1 && Number(validity) <= 36_000)) {
    return twilioError(400, 21624, 'Invalid validity period value');
  }
  const riskCheck = parameters.get('RiskCheck');
  const isRiskCheck = riskCheck === null || ['enable', 'disable'].includes(riskCheck);
  return isRiskCheck ? undefined : twilioError(400, 20001, 'RiskCheck is neither enable nor disable');
}

const magicRecipients: Record<string, [code: number, words: string]> = {
  '+15005550001': [21211, "The 'To' number +15005550001 is not a valid phone number."],
  '+15005550002': [21612, "The 'To' phone number: +15005550002, is not currently reachable using the 'From' number."],
  '+15005550003': [
    21408,
    "Permission to send an SMS has not been enabled for the region indicated by the 'To' number: +15005550003.",
  ],
  '+15005550004': [21610, 'Attempt to send to unsubscribed recipient'],
  '+15005550009': [21614, "'To' number: +15005550009, is not a valid mobile number"],
};

function toMessage(parameters: URLSearchParams): TwilioMessage {
  const validity = parameters.get('ValidityPeriod');
  return {
    sid: `SM${randomBytes(16).toString('hex')}`,
    to: parameters.get('To') ?? '',
    from: parameters.get('From') ?? undefined,
    messagingServiceSid: parameters.get('MessagingServiceSid') ?? undefined,
    body: parameters.get('Body') ?? '',
    validityPeriod: validity === null ? undefined : Number(validity),
    riskCheck: parameters.get('RiskCheck') ?? undefined,
    statusCallback: parameters.get('StatusCallback') ?? undefined,
    providesFeedback: parameters.get('ProvideFeedback') === 'true',
  };
}

/** The new message as Twilio returns it: a service accepts first and picks the sender later. */
function messageResource(message: TwilioMessage, accountSID: string) {
  const uri = `/2010-04-01/Accounts/${accountSID}/Messages/${message.sid}`;
  const created = new Date().toUTCString().replace('GMT', '+0000');
  const { messagingServiceSid } = message;
  return {
    account_sid: accountSID,
    api_version: '2010-04-01',
    body: message.body,
    date_created: created,
    date_sent: null,
    date_updated: created,
    direction: 'outbound-api',
    error_code: null,
    error_message: null,
    from: message.from ?? null,
    messaging_service_sid: messagingServiceSid ?? null,
    num_media: '0',
    num_segments: messagingServiceSid ? '0' : '1',
    price: null,
    price_unit: messagingServiceSid ? null : 'USD',
    sid: message.sid,
    status: messagingServiceSid ? 'accepted' : 'queued',
    subresource_uris: { media: `${uri}/Media.json` },
    to: message.to,
    uri: `${uri}.json`,
  };
}
