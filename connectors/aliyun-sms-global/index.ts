import { signedRequest } from '@sesame/connector-aliyun-sms/signature';
import {
  ConnectorError,
  defineConnector,
  isMainlandChina,
  type Message,
  type ProviderReply,
  postToProvider,
  type SendContext,
  type SendResult,
} from '@sesame/connector-kit';
import { z } from 'zod';
import { afterwards } from './afterwards.ts';
import { type AliyunGlobalConfig, configGuard } from './config.ts';
import { metadata } from './metadata.ts';
import { refused, refusedBefore } from './refusals.ts';
import { reports } from './reports.ts';

const api = { action: 'SendMessageToGlobe', version: '2018-05-01' };

/**
 * Sends through Alibaba Cloud's `SendMessageToGlobe` (Dysmsapi 2018-05-01). The API is not idempotent: a send that
 * timed out or broke off is never repeated.
 * @see https://www.alibabacloud.com/help/en/sms/developer-reference/api-dysmsapi-2018-05-01-sendmessagetoglobe
 */
export default defineConnector({ metadata, configGuard, send, reports, afterwards });

async function send(message: Message, context: SendContext<AliyunGlobalConfig>): Promise<SendResult> {
  const { config } = context;
  if (isMainlandChina(message.to)) throw new ConnectorError(mainlandRefusal);
  const to = message.to.slice(1);
  const reply = await postToProvider(
    context,
    signedRequest(context, api, {
      To: to,
      ...(config.from && { From: config.from }),
      Message: message.text,
      Type: 'OTP',
      TaskId: message.messageId,
      ValidityPeriod: String(Math.max(1, Math.floor(message.lifetimeSeconds))),
    }),
  );
  const code = String(message.variables.code ?? '');
  const hidden = [message.text, code, config.accessKeyId, config.accessKeySecret, to];
  const providerMessageId = readReply(reply, hidden);
  return { ...(providerMessageId && { providerMessageId }), text: message.text };
}

const mainlandRefusal = {
  kind: 'configuration',
  message:
    'This API does not send to mainland China. For numbers with 86, set up Aliyun Short Message Service or another connector.',
} as const;

const replyGuard = z.object({
  ResponseCode: z.string(),
  ResponseDescription: z.unknown(),
  MessageId: z.string().min(1).max(200).optional().catch(undefined),
  RequestId: z.unknown(),
});

/**
 * The id of the message, once the API took it. The API answers in words of its own, and the gateway before it in those
 * that all APIs of Aliyun share.
 */
function readReply(reply: ProviderReply, hidden: string[]): string | undefined {
  const answer = replyGuard.safeParse(reply.json);
  if (!answer.success) throw refusedBefore(reply, hidden);
  if (answer.data.ResponseCode !== 'OK' || reply.status !== 200) throw refused(answer.data, reply, hidden);
  return answer.data.MessageId;
}
