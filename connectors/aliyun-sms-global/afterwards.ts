import { signedRequest } from '@sesame/connector-aliyun-sms/signature';
import {
  type Afterwards,
  type DeliveryReport,
  postToProvider,
  type SendContext,
  type SentMessage,
  statusesMean,
  timeOf,
  type VerifiedMessage,
} from '@sesame/connector-kit';
import { z } from 'zod';
import type { AliyunGlobalConfig } from './config.ts';
import { refused, refusedBefore } from './refusals.ts';

const version = '2018-05-01';

/** Asks Alibaba Cloud what became of messages, and tells it which codes were typed in. */
export function afterwards(context: SendContext<AliyunGlobalConfig>): Afterwards {
  const { askForReports, tellVerified } = context.config;
  return {
    ...(askForReports && { askOutcome: (message) => askAbout(message, context) }),
    ...(tellVerified && { tellVerified: (message) => convert(message, context) }),
  };
}

const replyGuard = z.object({
  ResponseCode: z.string(),
  ResponseDescription: z.unknown(),
  RequestId: z.unknown(),
  Status: z.coerce.string().optional().catch(undefined),
  ErrorCode: z.coerce.string().nullish().catch(undefined),
  ErrorDescription: z.string().nullish().catch(undefined),
  ReceiveDate: z.string().nullish().catch(undefined),
});

const stateOf = statusesMean({ 1: 'delivered', 2: 'undelivered' });

/** @see https://www.alibabacloud.com/help/en/sms/developer-reference/api-dysmsapi-2018-05-01-querymessage */
async function askAbout(message: SentMessage, context: SendContext<AliyunGlobalConfig>): Promise<DeliveryReport[]> {
  const { providerMessageId } = message;
  const said = await call(context, 'QueryMessage', message, { MessageId: providerMessageId });
  const state = stateOf(said.Status ?? '');
  if (!state) return [];
  return [
    {
      providerMessageId,
      state,
      providerCode: said.ErrorCode || undefined,
      providerMessage: said.ErrorDescription || undefined,
      at: timeOf(said.ReceiveDate),
    },
  ];
}

/** @see https://www.alibabacloud.com/help/en/sms/developer-reference/api-dysmsapi-2018-05-01-smsconversion */
async function convert(message: VerifiedMessage, context: SendContext<AliyunGlobalConfig>): Promise<void> {
  await call(context, 'SmsConversion', message, {
    MessageId: message.providerMessageId,
    Delivered: 'true',
    ConversionTime: String(message.verifiedAt),
    To: message.recipient.slice(1),
  });
}

async function call(
  context: SendContext<AliyunGlobalConfig>,
  action: string,
  { recipient }: SentMessage,
  query: Record<string, string>,
): Promise<z.output<typeof replyGuard>> {
  const reply = await postToProvider(context, signedRequest(context, { action, version }, query));
  const { accessKeyId, accessKeySecret } = context.config;
  const hidden = [accessKeyId, accessKeySecret, recipient.slice(1)];
  const answer = replyGuard.safeParse(reply.json);
  if (!answer.success) throw refusedBefore(reply, hidden);
  if (answer.data.ResponseCode !== 'OK' || reply.status !== 200) throw refused(answer.data, reply, hidden);
  return answer.data;
}
