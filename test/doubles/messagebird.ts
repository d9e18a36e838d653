import { randomBytes } from 'node:crypto';
import {
  type DoubleReply,
  type ProviderDouble,
  type ReceivedRequest,
  startProviderDouble,
} from '@sesame/connector-kit/provider-double';

/** Which account the double stands for; `testNumber` is the only recipient that test credits pay for. */
export type MessageBirdAccount = { accessKey: string; testNumber?: string };

/** A message that the double accepted. */
export type MessageBirdMessage = {
  id: string;
  recipient: string;
  originator: string;
  body: string;
  datacoding: string;
  validity: number | null;
  reference: string | null;
};

/** A double of MessageBird's SMS API; `messages` holds what it accepted, oldest first. */
export type MessageBirdDouble = ProviderDouble & { messages: MessageBirdMessage[] };

/**
 * Starts a server that checks a request for a new message as MessageBird does, and answers as it does. It is stricter in
 * two things: a parameter that MessageBird does not know is refused, and so are several recipients.
 * @see https://developers.messagebird.com/api/sms-messaging/
 */
export async function startMessageBirdDouble(account: MessageBirdAccount): Promise<MessageBirdDouble> {
  const messages: MessageBirdMessage[] = [];
  const double = await startProviderDouble((request) => {
    const refusal = refuseRequest(request, account);
    if (refusal) return refusal;
    const parameters = JSON.parse(request.body) as Parameters;
    const problems = problemsOf(parameters, account);
    if (problems.length > 0) return messageBirdErrors(422, problems);
    const message = toMessage(parameters);
    messages.push(message);
    return { status: 201, body: messageResource(message) };
  });
  return { ...double, messages };
}

/** One of the errors in a refusal. */
export type MessageBirdError = { code: number; description: string; parameter: string | null };

/** A refusal as MessageBird writes it, for `replyNext`. */
export function messageBirdErrors(status: number, errors: MessageBirdError[]): DoubleReply {
  return { status, body: { errors } };
}

/** The message as MessageBird returns it when it is new; `recipient` changes what became of it. */
export function messageResource(message: MessageBirdMessage, recipient: Record<string, unknown> = {}) {
  const now = new Date().toISOString().replace(/\.\d{3}Z$/, '+00:00');
  return {
    id: message.id,
    href: `https://rest.messagebird.com/messages/${message.id}`,
    direction: 'mt',
    type: 'sms',
    originator: message.originator,
    body: message.body,
    reference: message.reference,
    validity: message.validity,
    gateway: 10,
    typeDetails: {},
    datacoding: message.datacoding === 'auto' ? 'plain' : message.datacoding,
    mclass: 1,
    scheduledDatetime: null,
    createdDatetime: now,
    recipients: {
      totalCount: 1,
      totalSentCount: 1,
      totalDeliveredCount: 0,
      totalDeliveryFailedCount: 0,
      items: [
        {
          recipient: Number(message.recipient),
          status: 'sent',
          statusDatetime: now,
          messagePartCount: 1,
          ...recipient,
        },
      ],
    },
  };
}

function refuseRequest({ method, path, headers, body }: ReceivedRequest, account: MessageBirdAccount) {
  if (headers.authorization !== `AccessKey ${account.accessKey}`) {
    const description = 'Request not allowed (incorrect access_key)';
    return messageBirdErrors(401, [{ code: 2, description, parameter: 'access_key' }]);
  }
  if (path !== '/messages') {
    return messageBirdErrors(404, [{ code: 98, description: 'API not found', parameter: null }]);
  }
  const isJson = headers['content-type']?.split(';')[0]?.trim().toLowerCase() === 'application/json';
  if (method === 'POST' && isJson && isObject(body)) return undefined;
  return messageBirdErrors(method === 'POST' ? 400 : 405, [{ code: 21, description: 'Bad request', parameter: null }]);
}

function isObject(body: string): boolean {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

type Parameters = Record<string, unknown>;

const isText = (value: unknown, maxLength: number) =>
  typeof value === 'string' && value.length > 0 && value.length <= maxLength;
const isOneOf = (values: unknown[]) => (value: unknown) => values.includes(value);

/** What each optional parameter may be. */
const optionalParameters: Record<string, (value: unknown) => boolean> = {
  type: isOneOf(['sms', 'binary', 'flash']),
  reference: (value) => isText(value, 60),
  reportUrl: (value) => isText(value, 2000) && URL.parse(String(value))?.protocol.startsWith('http') === true,
  validity: (value) => Number.isInteger(value) && Number(value) >= 1,
  gateway: Number.isInteger,
  typeDetails: (value) => typeof value === 'object',
  datacoding: isOneOf(['plain', 'unicode', 'auto']),
  mclass: isOneOf([0, 1, 2, 3]),
  scheduledDatetime: (value) => isText(value, 40),
};

function problemsOf(parameters: Parameters, account: MessageBirdAccount): MessageBirdError[] {
  const { recipients, originator, body } = parameters;
  const problems = [...recipientProblems(recipients, account), ...originatorProblems(originator)];
  if (!isText(body, 1377)) problems.push({ code: 9, description: 'body is required', parameter: 'body' });
  for (const [parameter, value] of Object.entries(parameters)) {
    if (['recipients', 'originator', 'body'].includes(parameter)) continue;
    const isRight = Object.hasOwn(optionalParameters, parameter) && optionalParameters[parameter]?.(value);
    if (!isRight) problems.push({ code: 10, description: `${parameter} is invalid`, parameter });
  }
  return problems;
}

function recipientProblems(recipients: unknown, { testNumber }: MessageBirdAccount): MessageBirdError[] {
  const list = Array.isArray(recipients) ? recipients : String(recipients ?? '').split(',');
  const isNumber = list.length === 1 && /^\+?[1-9]\d{6,14}$/.test(String(list[0]));
  const isPaidFor = testNumber === undefined || String(list[0]) === testNumber;
  if (isNumber && isPaidFor) return [];
  const note = ' Note: during your test period you can only send messages to your own number.';
  const description = `no (correct) recipients found${isNumber ? `.${note}` : ''}`;
  return [{ code: 9, description, parameter: 'recipients' }];
}

function originatorProblems(originator: unknown): MessageBirdError[] {
  if (!originator) return [{ code: 9, description: 'originator is required', parameter: 'originator' }];
  const isRight = /^(\+?\d{3,15}|(?=.*[A-Za-z])[\x20-\x7e]{1,11})$/.test(String(originator));
  return isRight ? [] : [{ code: 10, description: 'originator is invalid', parameter: 'originator' }];
}

function toMessage(parameters: Parameters): MessageBirdMessage {
  const { recipients, originator, body, datacoding = 'plain', validity = null, reference = null } = parameters;
  return {
    id: randomBytes(16).toString('hex'),
    recipient: String(recipients).replace('+', ''),
    originator: String(originator),
    body: String(body),
    datacoding: String(datacoding),
    validity: validity as number | null,
    reference: reference as string | null,
  };
}
