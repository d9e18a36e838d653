import {
  type DoubleReply,
  type ProviderDouble,
  type ReceivedRequest,
  startProviderDouble,
} from '@sesame/connector-kit/provider-double';
import { callRules, queryOf } from './aliyun-call-rules.ts';
import { createAuthenticator, type GatewayRefusal } from './aliyun-signature-check.ts';

/** The account that the double serves; `now` (milliseconds since the epoch) is the clock it checks dates against. */
export type AliyunGlobalAccount = {
  accessKeyId: string;
  accessKeySecret: string;
  /** Sender IDs that were approved. */
  senderIds: string[];
  now?: () => number;
};

/** A message that the double took for delivery. */
export type AliyunGlobalMessage = {
  /** As sent: without a plus. */
  to: string;
  from: string | undefined;
  message: string;
  type: string | undefined;
  taskId: string | undefined;
  validitySeconds: number | undefined;
  messageId: string;
};

/** What became of a message, as `QueryMessage` tells it: 1 delivered, 2 failed, 3 on the way. */
export type AliyunGlobalOutcome = { Status: '1' | '2' | '3'; ErrorCode?: string; ErrorDescription?: string };

/**
 * A stand-in for Alibaba Cloud's international SMS API; `accepted` holds the messages it took, oldest first,
 * `converted` the ids of those of which it was told that their code was typed in. Tests say in `outcomes` what became
 * of a message, by its id.
 */
export type AliyunGlobalDouble = ProviderDouble & {
  accepted: AliyunGlobalMessage[];
  outcomes: Map<string, AliyunGlobalOutcome>;
  converted: string[];
};

/**
 * Starts a double of Dysmsapi 2018-05-01: every request's V3 signature is checked with Aliyun's own signer, dates and
 * nonces as its gateway does, and `SendMessageToGlobe` against its documented parameters; any other one is refused.
 * @see https://www.alibabacloud.com/help/en/sms/developer-reference/api-dysmsapi-2018-05-01-sendmessagetoglobe
 */
export async function startAliyunGlobalDouble(account: AliyunGlobalAccount): Promise<AliyunGlobalDouble> {
  const authenticate = createAuthenticator(account);
  const accepted: AliyunGlobalMessage[] = [];
  const outcomes = new Map<string, AliyunGlobalOutcome>();
  const converted: string[] = [];
  const double = await startProviderDouble((request) => {
    const refusal = authenticate(request) ?? refuseCall(request);
    if (refusal) return gatewayReply(refusal, request);
    const query = queryOf(request);
    const { 'x-acs-action': action } = request.headers;
    if (action !== 'SendMessageToGlobe') {
      const id = query.get('MessageId') ?? '';
      if (!accepted.some(({ messageId }) => messageId === id))
        return aliyunGlobalReply('MESSAGE_NOT_FOUND', 'no message');
      const { body } = aliyunGlobalReply('OK', 'OK');
      if (action === 'SmsConversion') converted.push(id);
      return {
        body:
          action === 'SmsConversion' ? body : { ...(body as object), MessageId: id, Status: '3', ...outcomes.get(id) },
      };
    }
    const code = refuseMessage(query, account);
    if (code) return aliyunGlobalReply(code, code.toLowerCase().replaceAll('_', ' '));
    const message = messageOf(query, `10080303${String(accepted.length + 1).padStart(6, '0')}`);
    accepted.push(message);
    return acceptedReply(message);
  });
  return { ...double, accepted, outcomes, converted };
}

/** The API's answer to a message that it refused. */
export function aliyunGlobalReply(ResponseCode: string, ResponseDescription: string): DoubleReply {
  return { body: { ResponseCode, ResponseDescription, RequestId: crypto.randomUUID().toUpperCase() } };
}

function acceptedReply({ to, from, message, messageId }: AliyunGlobalMessage): DoubleReply {
  const { body } = aliyunGlobalReply('OK', 'The SMS Send Request was accepted');
  const NumberDetail = { Carrier: 'CMI', Region: 'HongKong', Country: 'Hongkong, China' };
  const Segments = String(Math.ceil(message.length / 160));
  return { body: { ...(body as object), NumberDetail, Segments, From: from, To: to, MessageId: messageId } };
}

const refuseCall = callRules('2018-05-01', {
  SendMessageToGlobe: ['To', 'Message'],
  QueryMessage: ['MessageId'],
  SmsConversion: ['MessageId', 'Delivered'],
});

/** What each documented parameter may hold. */
const rules = new Map(
  Object.entries({
    To: /^\d+$/,
    From: /^(\d{1,15}|[A-Za-z\d]{1,11})$/,
    Message: /./s,
    Type: /^(OTP|NOTIFY|MKT)$/,
    TaskId: /^.{1,255}$/,
    ValidityPeriod: /^[1-9]\d*$/,
  }),
);

function refuseMessage(query: URLSearchParams, { senderIds }: AliyunGlobalAccount): string | undefined {
  const to = query.get('To') ?? '';
  const from = query.get('From');
  if (!/^[1-9]\d{6,14}$/.test(to)) return 'MOBILE_NUMBER_ILLEGAL';
  if (/^861\d{10}$/.test(to)) return 'NOT_SUPPORTED_COUNTRY';
  if ([...query].some(([name, value]) => !rules.get(name)?.test(value))) return 'INVALID_PARAMETERS';
  return from !== null && !senderIds.includes(from) ? 'INVALID_SENDERID' : undefined;
}

function messageOf(query: URLSearchParams, messageId: string): AliyunGlobalMessage {
  const validity = query.get('ValidityPeriod');
  return {
    to: query.get('To') ?? '',
    from: query.get('From') ?? undefined,
    message: query.get('Message') ?? '',
    type: query.get('Type') ?? undefined,
    taskId: query.get('TaskId') ?? undefined,
    validitySeconds: validity === null ? undefined : Number(validity),
    messageId,
  };
}

function gatewayReply({ status, Code, Message }: GatewayRefusal, { headers }: ReceivedRequest): DoubleReply {
  const RequestId = crypto.randomUUID().toUpperCase();
  const Recommend = `https://api.aliyun.com/troubleshoot?q=${Code}&product=Dysmsapi&requestId=${RequestId}`;
  return { status, body: { RequestId, HostId: headers.host ?? '', Code, Message, Recommend } };
}
