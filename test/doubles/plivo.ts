import { randomUUID } from 'node:crypto';
import {
  type DoubleReply,
  type ProviderDouble,
  type ReceivedRequest,
  startProviderDouble,
} from '@sesame/connector-kit/provider-double';
import { SegmentedMessage } from 'sms-segments-calculator';

/** Which account the double stands for. */
export type PlivoAccount = { authId: string; authToken: string };

/** A message that the double accepted; `dst` has no plus. */
export type PlivoMessage = {
  uuid: string;
  src?: string;
  powerpack_uuid?: string;
  dst: string;
  text: string;
  message_expiry?: number;
  url?: string;
  method?: string;
};

/** A double of Plivo's Message API; `messages` holds what it accepted, oldest first. */
export type PlivoDouble = ProviderDouble & { messages: PlivoMessage[] };

/**
 * Starts a server that checks a request for a new message as Plivo documents it, and answers as it does. It is stricter
 * in what Plivo would strip (senders, recipients), takes one recipient a request, and refuses parameters that Plivo does
 * not know.
 * @see https://www.plivo.com/docs/messaging/api/message/send-a-message
 */
export async function startPlivoDouble(account: PlivoAccount): Promise<PlivoDouble> {
  const messages: PlivoMessage[] = [];
  const double = await startProviderDouble((request) => {
    const parameters = parametersOf(request);
    const refusal = refuseRequest(request, account) ?? refuseParameters(parameters);
    if (refusal) return refusal;
    const uuid = randomUUID();
    messages.push({ ...(parameters as PlivoMessage), uuid });
    return { status: 202, body: { api_id: randomUUID(), message: 'message(s) queued', message_uuid: [uuid] } };
  });
  return { ...double, messages };
}

/** A refusal as Plivo writes it, for `replyNext`. */
export function plivoError(status: number, words: string): DoubleReply {
  return { status, body: { api_id: 'a5169572-325d-11ec-8852-0242ac110005', error: words } };
}

function refuseRequest({ method, path, headers }: ReceivedRequest, account: PlivoAccount): DoubleReply | undefined {
  const encoded = /^Basic (\S+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
  if (Buffer.from(encoded, 'base64').toString('utf8') !== `${account.authId}:${account.authToken}`) {
    return { status: 401, body: 'Could not verify your access level for that URL.' };
  }
  if (path !== `/v1/Account/${account.authId}/Message/`) return plivoError(404, 'not found');
  return method === 'POST' ? undefined : plivoError(405, 'method not allowed');
}

type Parameters = Record<string, unknown>;

function parametersOf({ headers, body }: ReceivedRequest): Parameters | undefined {
  if (headers['content-type']?.split(';')[0] !== 'application/json') return undefined;
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Parameters) : undefined;
  } catch {
    return undefined;
  }
}

const knownParameters = new Set(
  (
    'src powerpack_uuid dst text type media_urls media_ids url method log trackable message_expiry template ' +
    'interactive location dlt_entity_id dlt_template_id dlt_template_category'
  ).split(' '),
);

function refuseParameters(parameters: Parameters | undefined): DoubleReply | undefined {
  if (!parameters) return plivoError(400, 'The body is not JSON');
  const unknown = Object.keys(parameters).find((name) => !knownParameters.has(name));
  if (unknown) return plivoError(400, `${unknown} is not a parameter`);
  for (const name of ['dst', 'text']) {
    if (!parameters[name] || typeof parameters[name] !== 'string') return plivoError(400, `${name} is missing`);
  }
  const { src, powerpack_uuid, dst, text, message_expiry = 10_800, url, method = 'POST' } = parameters as PlivoMessage;
  if (!src === !powerpack_uuid) return plivoError(400, 'One of src and powerpack_uuid is needed');
  if (!/^\d{7,14}$/.test(dst)) return plivoError(400, `'${dst}' is not a valid phone number.`);
  if (src && !isSender(src, dst)) return plivoError(400, `'${src}' is not a valid phone number.`);
  if (url !== undefined && URL.parse(url)?.protocol.startsWith('http') !== true)
    return plivoError(400, 'url is not valid');
  if (!['GET', 'POST'].includes(method)) return plivoError(400, 'method is not valid');
  if (!isShortEnough(text)) return plivoError(400, 'text is too long');
  const isExpiry = Number.isInteger(message_expiry) && message_expiry >= 5 && message_expiry <= 10_800;
  return isExpiry ? undefined : plivoError(400, 'message_expiry is not valid');
}

/** A name does not reach North America. */
function isSender(src: string, dst: string): boolean {
  return /^\d{3,14}$/.test(src) || (/^[A-Za-z0-9]{1,11}$/.test(src) && !dst.startsWith('1'));
}

function isShortEnough(text: string): boolean {
  const message = new SegmentedMessage(text);
  return message.encodingName === 'GSM-7' ? message.messageSize / 7 <= 1600 : message.messageSize / 16 <= 737;
}
