import { randomUUID } from 'node:crypto';
import {
  type DoubleReply,
  type ProviderDouble,
  type ReceivedRequest,
  startProviderDouble,
} from '@sesame/connector-kit/provider-double';
import { faultsOf, type SmsRequest, type Violation } from './infobip-request-rules.ts';

/** The account that the double stands for; any other sender is rejected. */
export type InfobipAccount = { apiKey: string; senders: string[] };

/** A message that the double accepted. */
export type InfobipMessage = {
  messageId: string;
  to: string;
  sender: string | undefined;
  text: string;
  validitySeconds: number | undefined;
};

/** A double of Infobip's SMS API; `messages` holds what it accepted, oldest first. */
export type InfobipDouble = ProviderDouble & { messages: InfobipMessage[] };

const secondsOfUnit = { SECONDS: 1, MINUTES: 60, HOURS: 3600 };
const maxTextBytes = 4000;

/**
 * Starts a server that checks a request for new messages as Infobip documents it, and answers as it does. It is
 * stricter in one thing: a property that it does not know is refused.
 * @see https://www.infobip.com/docs/api/channels/sms/outbound-sms/send-sms-messages
 */
export async function startInfobipDouble(account: InfobipAccount): Promise<InfobipDouble> {
  const messages: InfobipMessage[] = [];
  const double = await startProviderDouble((request) => {
    const refusal = refuseRequest(request, account);
    if (refusal) return refusal;
    const body = parse(request.body);
    const faults = faultsOf(body);
    if (faults.length > 0) return infobipError(400, faults);
    const results = messagesOf(body as SmsRequest).map((message) => {
      const status = rejectionOf(message, account, messages) ?? statuses.PENDING_ACCEPTED;
      if (status === statuses.PENDING_ACCEPTED) messages.push(message);
      const details = { messageCount: 1 };
      return { messageId: message.messageId, status, destination: message.to, details };
    });
    return { body: { bulkId: '2034072219640523072', messages: results } };
  });
  return { ...double, messages };
}

const errors = {
  400: ['Request cannot be processed.', 'Check the syntax, violations and adjust the request.'],
  401: [
    'The request lacks valid authentication credentials for the requested resource.',
    'Check the resources and adjust authentication credentials.',
  ],
  403: [
    'Insufficient permissions to access the requested resource.',
    'Repeat the request with new or different credentials.',
  ],
  404: ['Requested resource not found.', 'Check the resource and adjust the request.'],
  429: ['Too many requests sent.', 'Check request rate limit specified in the API endpoint documentation resource.'],
  500: ['Something went wrong.', 'Contact the support.'],
} as const;

/** An error as Infobip writes it, for `replyNext`. */
export function infobipError(status: keyof typeof errors, violations: Violation[] = []): DoubleReply {
  const [description, action] = errors[status];
  return { status, body: { errorCode: `E${status}`, description, action, violations, resources: [] } };
}

/** Statuses that a message can have in the answer to its request. */
const statuses = {
  PENDING_ACCEPTED: messageStatus(1, 'PENDING', 26, 'PENDING_ACCEPTED', 'Message sent to next instance'),
  REJECTED_SOURCE: messageStatus(5, 'REJECTED', 11, 'REJECTED_SOURCE', 'Invalid Source address'),
  REJECTED_DUPLICATE_MESSAGE_ID: messageStatus(
    5,
    'REJECTED',
    23,
    'REJECTED_DUPLICATE_MESSAGE_ID',
    'Duplicate message ID',
  ),
  REJECTED_MESSAGE_TOO_LONG: messageStatus(5, 'REJECTED', 25, 'REJECTED_MESSAGE_TOO_LONG', 'Message too long'),
  REJECTED_DESTINATION: messageStatus(5, 'REJECTED', 52, 'REJECTED_DESTINATION', 'Invalid destination address.'),
};

/** A status of a message as Infobip writes it. */
export type InfobipStatus = { groupId: number; groupName: string; id: number; name: string; description: string };

function messageStatus(groupId: number, groupName: string, id: number, name: string, description: string) {
  return { groupId, groupName, id, name, description };
}

/** The answer to a request that was taken, with one message in this status, for `replyNext`. */
export function infobipReply(status: InfobipStatus): DoubleReply {
  return { body: { bulkId: '2034072219640523072', messages: [{ messageId: randomUUID(), status }] } };
}

function refuseRequest({ method, path, headers }: ReceivedRequest, account: InfobipAccount): DoubleReply | undefined {
  if (headers.authorization !== `App ${account.apiKey}`) return infobipError(401);
  if (path !== '/sms/3/messages' || method !== 'POST') return infobipError(404);
  const isJson = headers['content-type']?.split(';')[0]?.trim().toLowerCase() === 'application/json';
  return isJson ? undefined : infobipError(400);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function messagesOf({ messages }: SmsRequest): InfobipMessage[] {
  return messages.flatMap(({ sender, destinations, content, options }) =>
    destinations.map(({ to, messageId }) => {
      const validity = options?.validityPeriod;
      return {
        messageId: messageId ?? randomUUID(),
        to,
        sender,
        text: content.text,
        validitySeconds: validity && validity.amount * secondsOfUnit[validity.timeUnit ?? 'MINUTES'],
      };
    }),
  );
}

function rejectionOf(message: InfobipMessage, { senders }: InfobipAccount, accepted: InfobipMessage[]) {
  if (!/^[1-9]\d{6,14}$/.test(message.to)) return statuses.REJECTED_DESTINATION;
  if (!message.sender || !senders.includes(message.sender)) return statuses.REJECTED_SOURCE;
  if (accepted.some(({ messageId }) => messageId === message.messageId)) return statuses.REJECTED_DUPLICATE_MESSAGE_ID;
  return Buffer.byteLength(message.text) > maxTextBytes ? statuses.REJECTED_MESSAGE_TOO_LONG : undefined;
}
