import {
  type DoubleReply,
  type ProviderDouble,
  type ReceivedRequest,
  startProviderDouble,
} from '@sesame/connector-kit/provider-double';

/** A message as the HTTP SMS connector's guide describes it. */
export type HttpEndpointMessage = {
  to: string;
  recipient: string;
  type: string;
  payload: Record<string, unknown>;
  text: string;
  messageId: string;
  expiresInSeconds: number;
  reportUrl?: string;
};

/** A mail as the guide of the HTTP email connector describes it. */
export type MailEndpointMessage = Omit<HttpEndpointMessage, 'recipient'> & { subject: string; html: string };

/** An administrator's endpoint; `accepted` holds what passed every check, oldest first. */
export type HttpEndpointDouble<M = HttpEndpointMessage> = ProviderDouble & { accepted: M[] };

type Options = { authorization?: string };

/**
 * Starts an endpoint that is strict about what the connector's guide promises: POST, JSON, the Authorization header as
 * agreed (none when `authorization` is left out) and every field of the body. It answers with the kinds of the guide.
 */
export const startHttpEndpoint = (options: Options = {}) =>
  startEndpoint<HttpEndpointMessage>(options, smsChecks, ({ to, recipient }) => recipient === `+${to}`);

/** The same for mails. */
export const startMailEndpoint = (options: Options = {}) =>
  startEndpoint<MailEndpointMessage>(options, mailChecks, () => true);

async function startEndpoint<M>(
  { authorization }: Options,
  checks: Checks,
  isConsistent: (message: M) => boolean,
): Promise<HttpEndpointDouble<M>> {
  const accepted: M[] = [];
  const double = await startProviderDouble((request) => {
    const refusal = refuse(request, authorization);
    if (refusal) return refusal;
    const message = readMessage(request.body, checks);
    if (typeof message === 'string' || !isConsistent(message as M)) {
      return { status: 422, body: { kind: 'configuration', code: 'invalid_body', message: String(message) } };
    }
    accepted.push(message as M);
    return { body: { id: `endpoint-${accepted.length}` } };
  });
  return { ...double, accepted };
}

function refuse({ method, headers }: ReceivedRequest, authorization: string | undefined): DoubleReply | undefined {
  if (method !== 'POST') return { status: 405, headers: { allow: 'POST' } };
  if (headers.authorization !== authorization) return { status: 401, body: { message: 'Who are you?' } };
  const mediaType = headers['content-type']?.split(';')[0]?.trim();
  return mediaType === 'application/json' ? undefined : { status: 415, body: { code: 'media_type' } };
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

type Checks = Record<string, (value: unknown) => boolean>;

const commonChecks = {
  type: isText,
  payload: (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value),
  text: isText,
  messageId: isText,
  expiresInSeconds: (value: unknown) => Number.isInteger(value) && Number(value) > 0,
  reportUrl: (value: unknown) =>
    value === undefined || (isText(value) && URL.parse(value)?.protocol.startsWith('http') === true),
};
const smsChecks: Checks = {
  ...commonChecks,
  to: (value) => isText(value) && /^[1-9]\d{5,14}$/.test(value),
  recipient: (value) => isText(value) && /^\+[1-9]\d{5,14}$/.test(value),
};
const mailChecks: Checks = {
  ...commonChecks,
  to: (value) => isText(value) && /^[\x21-\x7e]+@[a-z\d.-]+$/.test(value),
  subject: isText,
  html: isText,
};

function readMessage(body: string, checks: Checks): object | string {
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(body);
  } catch {
    return 'The body is not JSON.';
  }
  const wrong = Object.entries(checks).flatMap(([key, check]) => (check(value?.[key]) ? [] : [key]));
  const unknown = Object.keys(value ?? {}).filter((key) => !Object.hasOwn(checks, key));
  return wrong.length + unknown.length > 0 ? `Wrong fields: ${[...wrong, ...unknown].join(', ')}` : value;
}
