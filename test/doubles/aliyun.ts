import {
  type DoubleReply,
  type ProviderDouble,
  type ReceivedRequest,
  startProviderDouble,
} from '@sesame/connector-kit/provider-double';
import { type AliyunAccount, refuseMessage } from './aliyun-message-rules.ts';
import { createAuthenticator, type GatewayRefusal } from './aliyun-signature-check.ts';

/** A message that the double took for delivery. */
export type AliyunMessage = {
  /** As sent: without a plus. */
  phone: string;
  signName: string;
  templateCode: string;
  params: Record<string, string>;
  outId: string | undefined;
  bizId: string;
};

/** A stand-in for Aliyun's SMS API; `accepted` holds the messages it took, oldest first. */
export type AliyunDouble = ProviderDouble & { accepted: AliyunMessage[] };

/** The account that the double serves; `now` (milliseconds since the epoch) is the clock it checks dates against. */
export type AliyunDoubleOptions = AliyunAccount & { accessKeyId: string; accessKeySecret: string; now?: () => number };

/**
 * Starts a double of Dysmsapi 2017-05-25: every request's V3 signature is checked with Aliyun's own signer, dates and
 * nonces as its gateway does, and `SendSms` against the account's signatures and templates.
 */
export async function startAliyunDouble(options: AliyunDoubleOptions): Promise<AliyunDouble> {
  const authenticate = createAuthenticator(options);
  const accepted: AliyunMessage[] = [];
  const double = await startProviderDouble((request) => {
    const { host = '' } = request.headers;
    const requestId = crypto.randomUUID().toUpperCase();
    const refusal = authenticate(request) ?? refuseCall(request);
    if (refusal) return gatewayReply(refusal, host, requestId);
    const query = queryOf(request);
    const refused = refuseMessage(query, options);
    if (refused) return { body: { ...refused, RequestId: requestId } };
    const message = messageOf(query, `${String(accepted.length + 1).padStart(18, '9')}^0`);
    accepted.push(message);
    return { body: { Message: 'OK', RequestId: requestId, Code: 'OK', BizId: message.bizId } };
  });
  return { ...double, accepted };
}

function messageOf(query: URLSearchParams, bizId: string): AliyunMessage {
  return {
    phone: query.get('PhoneNumbers') ?? '',
    signName: query.get('SignName') ?? '',
    templateCode: query.get('TemplateCode') ?? '',
    params: JSON.parse(query.get('TemplateParam') ?? '{}'),
    outId: query.get('OutId') ?? undefined,
    bizId,
  };
}

function refuseCall(request: ReceivedRequest): GatewayRefusal | undefined {
  const { 'x-acs-action': action, 'x-acs-version': version } = request.headers;
  if (version !== '2017-05-25') {
    return { status: 400, Code: 'InvalidVersion', Message: 'Specified parameter Version is not valid.' };
  }
  if (action !== 'SendSms') {
    const Message = 'Specified api is not found, please check your url and method.';
    return { status: 404, Code: 'InvalidAction.NotFound', Message };
  }
  const query = queryOf(request);
  const missing = ['PhoneNumbers', 'SignName', 'TemplateCode'].find((name) => !query.get(name));
  return missing
    ? { status: 400, Code: `Missing${missing}`, Message: `${missing} is mandatory for this action.` }
    : undefined;
}

function queryOf({ path }: ReceivedRequest): URLSearchParams {
  return new URL(path, 'http://double').searchParams;
}

function gatewayReply({ status, Code, Message }: GatewayRefusal, host: string, requestId: string): DoubleReply {
  const Recommend = `https://api.aliyun.com/troubleshoot?q=${Code}&product=Dysmsapi&requestId=${requestId}`;
  return { status, body: { RequestId: requestId, HostId: host, Code, Message, Recommend } };
}
