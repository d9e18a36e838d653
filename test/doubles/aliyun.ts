import { type DoubleReply, type ProviderDouble, startProviderDouble } from '@sesame/connector-kit/provider-double';
import { callRules, queryOf } from './aliyun-call-rules.ts';
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

/** What became of a message, as `QuerySendDetails` tells it: 1 nothing yet, 2 failed, 3 delivered. */
export type AliyunOutcome = { SendStatus: 1 | 2 | 3; ErrCode?: string; ReceiveDate?: string };

/**
 * A stand-in for Aliyun's SMS API; `accepted` holds the messages it took, oldest first, `converted` the ids of those of
 * which it was told that their code was typed in. Tests say in `outcomes` what became of a message, by its BizId.
 */
export type AliyunDouble = ProviderDouble & {
  accepted: AliyunMessage[];
  outcomes: Map<string, AliyunOutcome>;
  converted: string[];
};

/** The account that the double serves; `now` (milliseconds since the epoch) is the clock it checks dates against. */
export type AliyunDoubleOptions = AliyunAccount & { accessKeyId: string; accessKeySecret: string; now?: () => number };

/**
 * Starts a double of Dysmsapi 2017-05-25: every request's V3 signature is checked with Aliyun's own signer, dates and
 * nonces as its gateway does, and `SendSms` against the account's signatures and templates.
 */
export async function startAliyunDouble(options: AliyunDoubleOptions): Promise<AliyunDouble> {
  const authenticate = createAuthenticator(options);
  const accepted: AliyunMessage[] = [];
  const outcomes = new Map<string, AliyunOutcome>();
  const converted: string[] = [];
  const double = await startProviderDouble((request) => {
    const { host = '' } = request.headers;
    const requestId = crypto.randomUUID().toUpperCase();
    const refusal = authenticate(request) ?? refuseCall(request);
    if (refusal) return gatewayReply(refusal, host, requestId);
    const query = queryOf(request);
    const { 'x-acs-action': action } = request.headers;
    if (action === 'QuerySendDetails')
      return { body: { ...detailsOf(query, accepted, outcomes), RequestId: requestId } };
    if (action === 'SmsConversionIntl') {
      converted.push(query.get('MessageId') ?? '');
      return { body: { Code: 'OK', Message: 'OK', RequestId: requestId } };
    }
    const refused = refuseMessage(query, options);
    if (refused) return { body: { ...refused, RequestId: requestId } };
    const message = messageOf(query, `${String(accepted.length + 1).padStart(18, '9')}^0`);
    accepted.push(message);
    return { body: { Message: 'OK', RequestId: requestId, Code: 'OK', BizId: message.bizId } };
  });
  return { ...double, accepted, outcomes, converted };
}

/** As the documentation shows them, the text with the code among them. */
function detailsOf(query: URLSearchParams, accepted: AliyunMessage[], outcomes: Map<string, AliyunOutcome>) {
  const number = query.get('PhoneNumber');
  const found = accepted.filter(({ phone, bizId }) => {
    const isOfNumber = phone === number || phone === `86${number}`;
    return isOfNumber && (query.get('BizId') ?? bizId) === bizId;
  });
  const SmsSendDetailDTO = found.map(({ phone, templateCode, params, outId, bizId }) => ({
    PhoneNum: phone.replace(/^86(?=1\d{10}$)/, ''),
    SendStatus: 1,
    ErrCode: '',
    TemplateCode: templateCode,
    Content: `【芝麻】${params.code}`,
    SendDate: '2026-01-31 08:00:00',
    OutId: outId,
    ...outcomes.get(bizId),
  }));
  return { Code: 'OK', Message: 'OK', TotalCount: found.length, SmsSendDetailDTOs: { SmsSendDetailDTO } };
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

const refuseCall = callRules('2017-05-25', {
  SendSms: ['PhoneNumbers', 'SignName', 'TemplateCode'],
  QuerySendDetails: ['PhoneNumber', 'SendDate', 'PageSize', 'CurrentPage'],
  SmsConversionIntl: ['MessageId', 'Delivered'],
});

function gatewayReply({ status, Code, Message }: GatewayRefusal, host: string, requestId: string): DoubleReply {
  const Recommend = `https://api.aliyun.com/troubleshoot?q=${Code}&product=Dysmsapi&requestId=${requestId}`;
  return { status, body: { RequestId: requestId, HostId: host, Code, Message, Recommend } };
}
