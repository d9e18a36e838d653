import { randomBytes } from 'node:crypto';
import {
  type DoubleReply,
  type ProviderDouble,
  type ReceivedRequest,
  startProviderDouble,
} from '@sesame/connector-kit/provider-double';
import { refuseParameters, twilioError, variablesOf } from './twilio-message-rules.ts';

export { twilioError } from './twilio-message-rules.ts';

/** Which account the double stands for; `apiKeys` maps the SID of each API key to its secret. */
export type TwilioAccount = { accountSID: string; authToken: string; apiKeys?: Record<string, string> };

/** A message that the double accepted. */
export type TwilioMessage = {
  sid: string;
  to: string;
  from: string | undefined;
  messagingServiceSid: string | undefined;
  body: string;
  /** The template that WhatsApp is to fill with these variables, in place of a body. */
  contentSid: string | undefined;
  contentVariables: Record<string, string> | undefined;
  validityPeriod: number | undefined;
  riskCheck: string | undefined;
  statusCallback: string | undefined;
  /** Whether it may be told that the code was typed in. */
  providesFeedback: boolean;
};

/** What became of a message, as `GET` shows it. */
export type TwilioOutcome = { status: string; price?: string; num_segments?: string; error_code?: number };

/**
 * A double of Twilio's Messages API; `messages` holds what it accepted, oldest first, `confirmed` the SIDs of those of
 * which it was told that their code was typed in. Tests say in `outcomes` what became of a message, by its SID.
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

function toMessage(parameters: URLSearchParams): TwilioMessage {
  const validity = parameters.get('ValidityPeriod');
  return {
    sid: `SM${randomBytes(16).toString('hex')}`,
    to: parameters.get('To') ?? '',
    from: parameters.get('From') ?? undefined,
    messagingServiceSid: parameters.get('MessagingServiceSid') ?? undefined,
    body: parameters.get('Body') ?? '',
    contentSid: parameters.get('ContentSid') ?? undefined,
    contentVariables: variablesOf(parameters),
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
