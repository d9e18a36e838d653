import {
  type DoubleReply,
  type ProviderDouble,
  type ReceivedRequest,
  startProviderDouble,
} from '@sesame/connector-kit/provider-double';
import { SegmentedMessage } from 'sms-segments-calculator';

/** Which account the double stands for. */
export type VonageAccount = { apiKey: string; apiSecret: string };

/** A message that the double accepted; `to` has no plus. */
export type VonageMessage = {
  id: string;
  from: string;
  to: string;
  text: string;
  type: string;
  ttl?: number;
  callback?: string;
};

/** A double of Vonage's SMS API; `messages` holds what it accepted, oldest first. */
export type VonageDouble = ProviderDouble & { messages: VonageMessage[] };

/**
 * Starts a server that checks a request for a new message as Vonage documents it, and answers as it does: with HTTP 200
 * whatever the status of the message. It is stricter in what Vonage would change on the way (senders, characters that
 * `text` cannot carry) and in parameters that Vonage does not know: all of these are refused.
 * @see https://developer.vonage.com/en/api/sms#send-an-sms
 */
export async function startVonageDouble(account: VonageAccount): Promise<VonageDouble> {
  const messages: VonageMessage[] = [];
  const double = await startProviderDouble((request) => {
    if (request.method !== 'POST' || request.path !== '/sms/json') return notFound;
    const parameters = parametersOf(request);
    const refusal = isAuthorized(request, account) ? refusalOf(parameters) : (['4', 'Bad Credentials'] as const);
    if (refusal) return vonageError(...refusal);
    const id = `0C${String(messages.length + 1).padStart(14, '0')}`;
    messages.push({ type: 'text', ...parameters, id } as VonageMessage);
    return acceptance(parameters as VonageMessage, id);
  });
  return { ...double, messages };
}

/** A refusal as Vonage writes it, for `replyNext`. */
export function vonageError(status: string, words: string): DoubleReply {
  return { body: { 'message-count': '1', messages: [{ status, 'error-text': words }] } };
}

const notFound: DoubleReply = {
  status: 404,
  headers: { 'content-type': 'application/problem+json' },
  body: {
    type: 'https://developer.vonage.com/api-errors#not-found',
    title: 'Not Found',
    detail: 'The requested resource does not exist, or you do not have access to it',
    instance: 'bf0ca0bf927b3b52e3cb03217e1a1ddf',
  },
};

function isAuthorized({ headers }: ReceivedRequest, { apiKey, apiSecret }: VonageAccount): boolean {
  const encoded = /^Basic (\S+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
  return Buffer.from(encoded, 'base64').toString('utf8') === `${apiKey}:${apiSecret}`;
}

type Parameters = Record<string, unknown>;

function parametersOf({ headers, body }: ReceivedRequest): Parameters {
  if (headers['content-type']?.split(';')[0] !== 'application/json') return {};
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Parameters) : {};
  } catch {
    return {};
  }
}

type Refusal = readonly [status: string, words: string];

const knownParameters = new Set(
  (
    'from to text ttl status-report-req callback message-class type body udh protocol-id client-ref account-ref ' +
    'entity-id content-id trusted-number'
  ).split(' '),
);
const invalid = (name: string): Refusal => ['3', `Invalid value for parameter: ${name}`];

function refusalOf(parameters: Parameters): Refusal | undefined {
  const unknown = Object.keys(parameters).find((name) => !knownParameters.has(name));
  if (unknown) return invalid(unknown);
  for (const name of ['to', 'from', 'text']) {
    if (!parameters[name]) return ['2', `Missing ${name} param`];
    if (typeof parameters[name] !== 'string') return invalid(name);
  }
  const { to, from, text, type = 'text', ttl = 259_200_000 } = parameters as VonageMessage;
  if (!/^\d{7,15}$/.test(to)) return invalid('to');
  if (!['text', 'unicode'].includes(type)) return invalid('type');
  if (type === 'text' && encodingOf(text) !== 'GSM-7') return invalid('type');
  if (!(Number.isInteger(ttl) && ttl >= 20_000 && ttl <= 604_800_000)) return invalid('ttl');
  const badReport = reportRules.find(([name, isRight]) => name in parameters && !isRight(parameters[name]));
  if (badReport) return invalid(badReport[0]);
  return isSender(from, to) ? undefined : ['15', 'Illegal Sender Address - rejected'];
}

/** How receipts are asked for. */
const reportRules: [name: string, isRight: (value: unknown) => boolean][] = [
  ['callback', (value) => typeof value === 'string' && /^https?:\/\/\S{1,90}/.test(value)],
  ['status-report-req', (value) => [true, false, 1, 0].includes(value as number)],
  ['client-ref', (value) => typeof value === 'string' && value.length > 0 && value.length <= 40],
];

/** A number has neither plus nor 00; a name has no spaces, and does not reach North America. */
function isSender(from: string, to: string): boolean {
  if (/^\d+$/.test(from)) return !from.startsWith('00') && from.length <= 15;
  return /^[\x21-\x7e]{1,11}$/.test(from) && !from.startsWith('+') && !to.startsWith('1');
}

const encodingOf = (text: string) => new SegmentedMessage(text, 'auto').getEncodingName();

/** One entry for each SMS that the text takes. */
function acceptance({ to, text, type }: VonageMessage, id: string): DoubleReply {
  const { segmentsCount } = new SegmentedMessage(text, type === 'unicode' ? 'UCS-2' : 'GSM-7');
  const messages = Array.from({ length: segmentsCount }, (_, index) => ({
    to,
    'message-id': index === 0 ? id : `${id}-${index}`,
    status: '0',
    'remaining-balance': '15.53590000',
    'message-price': '0.03330000',
    network: '23410',
  }));
  return { body: { 'message-count': String(messages.length), messages } };
}
