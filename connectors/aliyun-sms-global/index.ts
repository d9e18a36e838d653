import { signedRequest } from '@sesame/connector-aliyun-sms/signed-request';
import {
  ConnectorError,
  defineConnector,
  isMainlandChina,
  type Message,
  postToProvider,
  type SendContext,
  type SendResult,
} from '@sesame/connector-kit';
import { type AliyunGlobalConfig, aliyunGlobalConfigGuard } from './config.ts';
import { metadata } from './metadata.ts';
import { readReply } from './reply.ts';

const api = { action: 'SendMessageToGlobe', version: '2018-05-01' };

/**
 * Sends through Alibaba Cloud's `SendMessageToGlobe` (Dysmsapi 2018-05-01). The API is not idempotent: a send that
 * timed out or broke off is never repeated.
 * @see https://www.alibabacloud.com/help/en/sms/developer-reference/api-dysmsapi-2018-05-01-sendmessagetoglobe
 */
export default defineConnector({ metadata, configGuard: aliyunGlobalConfigGuard, send });

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
