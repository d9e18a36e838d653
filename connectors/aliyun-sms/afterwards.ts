import {
  type Afterwards,
  type DeliveryReport,
  isMainlandChina,
  postToProvider,
  type SendContext,
  type SentMessage,
  statusesMean,
  timeOf,
  unreadableReply,
  type VerifiedMessage,
} from '@sesame/connector-kit';
import { z } from 'zod';
import type { AliyunConfig } from './config.ts';
import { refused, replyGuard } from './refusals.ts';
import { signedRequest } from './signature.ts';

const version = '2017-05-25';
const chinaTime = '+08:00';
const chinaOffsetMs = 8 * 3_600_000;

/** Asks Aliyun what became of messages, and tells it which codes were typed in abroad. */
export function afterwards(context: SendContext<AliyunConfig>): Afterwards {
  const { askForReports, tellVerified } = context.config;
  return {
    ...(askForReports && { askOutcome: (message) => askAbout(message, context) }),
    ...(tellVerified && { tellVerified: (message) => convert(message, context) }),
  };
}

/** Without `Content`, which holds the code. */
const detailGuard = z.object({
  PhoneNum: z.coerce.string(),
  SendStatus: z.coerce.string(),
  ErrCode: z.coerce.string().nullish().catch(undefined),
  ReceiveDate: z.string().nullish().catch(undefined),
  OutId: z.coerce.string().nullish().catch(undefined),
});
const detailsGuard = z.object({
  SmsSendDetailDTOs: z.object({ SmsSendDetailDTO: z.array(detailGuard) }).optional(),
});

const stateOf = statusesMean({ 2: 'undelivered', 3: 'delivered' });

/** @see https://help.aliyun.com/document_detail/419277.html (QuerySendDetails) */
async function askAbout(message: SentMessage, context: SendContext<AliyunConfig>): Promise<DeliveryReport[]> {
  const digits = message.recipient.slice(1);
  const json = await call(context, 'QuerySendDetails', digits, {
    PhoneNumber: isMainlandChina(message.recipient) ? digits.slice(2) : digits,
    BizId: message.providerMessageId,
    // The day of the send, in China.
    SendDate: new Date(message.sentAt + chinaOffsetMs).toISOString().slice(0, 10).replaceAll('-', ''),
    PageSize: '10',
    CurrentPage: '1',
  });
  const details = detailsGuard.safeParse(json).data?.SmsSendDetailDTOs?.SmsSendDetailDTO ?? [];
  const own =
    details.find(({ OutId }) => OutId === message.messageId) ?? (details.length === 1 ? details[0] : undefined);
  const state = own && stateOf(own.SendStatus);
  if (!state || (own.OutId && own.OutId !== message.messageId)) return [];
  const { providerMessageId } = message;
  return [{ providerMessageId, state, providerCode: own.ErrCode || undefined, at: timeOf(own.ReceiveDate, chinaTime) }];
}

/** Aliyun takes it for numbers outside mainland China alone: SmsConversionIntl. */
async function convert(message: VerifiedMessage, context: SendContext<AliyunConfig>): Promise<void> {
  if (isMainlandChina(message.recipient)) return;
  await call(context, 'SmsConversionIntl', message.recipient.slice(1), {
    MessageId: message.providerMessageId,
    Delivered: 'true',
    ConversionTime: String(message.verifiedAt),
  });
}

async function call(
  context: SendContext<AliyunConfig>,
  action: string,
  number: string,
  query: Record<string, string>,
): Promise<unknown> {
  const reply = await postToProvider(context, signedRequest(context, { action, version }, query));
  const answer = replyGuard.safeParse(reply.json);
  if (!answer.success) throw unreadableReply(reply);
  const { accessKeyId, accessKeySecret } = context.config;
  if (answer.data.Code !== 'OK') throw refused(answer.data, reply, [accessKeyId, accessKeySecret, number]);
  return reply.json;
}
