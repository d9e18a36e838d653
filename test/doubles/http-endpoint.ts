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
};

/** An administrator's endpoint; `accepted` holds what passed every check, oldest first. */
export type HttpEndpointDouble = ProviderDouble & { accepted: HttpEndpointMessage[] };

/**
 * Starts an endpoint that is strict about what the connector's guide promises: POST, JSON, the Authorization header as
 * agreed (none when `authorization` is left out) and every field of the body. It answers with the kinds of the guide.
 */
export async function startHttpEndpoint({
  authorization,
}: {
  authorization?: string;
} = {}): Promise<HttpEndpointDouble> {
  const accepted: HttpEndpointMessage[] = [];
  const double = await startProviderDouble((request) => {
    const refusal = refuse(request, authorization);
    if (refusal) return refusal;
    const message = readMessage(request.body);
    if (typeof message === 'string') {
      return { status: 422, body: { kind: 'configuration', code: 'invalid_body', message } };
    }
    accepted.push(message);
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

const checks: Record<keyof HttpEndpointMessage, (value: unknown) => boolean> = {
  to: (value) => isText(value) && /^[1-9]\d{5,14}$/.test(value),
  recipient: (value) => isText(value) && /^\+[1-9]\d{5,14}$/.test(value),
  type: isText,
  payload: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  text: isText,
  messageId: isText,
  expiresInSeconds: (value) => Number.isInteger(value) && Number(value) > 0,
};

function readMessage(body: string): HttpEndpointMessage | string {
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(body);
  } catch {
    return 'The body is not JSON.';
  }
  const wrong = Object.entries(checks).flatMap(([key, check]) => (check(value?.[key]) ? [] : [key]));
  const unknown = Object.keys(value ?? {}).filter((key) => !Object.hasOwn(checks, key));
  if (wrong.length + unknown.length > 0) return `Wrong fields: ${[...wrong, ...unknown].join(', ')}`;
  const message = value as HttpEndpointMessage;
  return message.recipient === `+${message.to}` ? message : 'The two spellings of the number differ.';
}
