import {
  defineConnector,
  fieldError,
  isMainlandChina,
  type Message,
  type ProviderReply,
  renderTemplate,
  type SendContext,
  type SendResult,
  unreadableReply,
} from '@sesame/connector-kit';
import { z } from 'zod';
import { afterwards } from './afterwards.ts';
import { configGuard, type TencentConfig, type TencentTemplate } from './config.ts';
import { metadata } from './metadata.ts';
import { refused, refusedGuard, statusGuard } from './refusals.ts';
import { reports } from './reports.ts';
import { callAction } from './request.ts';

/**
 * Sends through Tencent Cloud SMS, API 2021-01-11, action SendSms.
 * @see https://www.tencentcloud.com/document/api/382/40536
 */
export default defineConnector<TencentConfig, TencentTemplate>({
  metadata,
  configGuard,
  variables: ['minutes'],
  send,
  reports,
  afterwards,
});

async function send(message: Message<TencentTemplate>, context: SendContext<TencentConfig>): Promise<SendResult> {
  const { config } = context;
  const reply = await callAction(context, 'SendSms', sendSmsParameters(message, config));
  const { code } = message.variables;
  return readReply(reply, [config.accessKeySecret, ...(typeof code === 'string' && code ? [code] : [])]);
}

function sendSmsParameters(message: Message<TencentTemplate>, { sdkAppId, signName, senderId }: TencentConfig) {
  const isDomestic = isMainlandChina(message.to);
  if (isDomestic && !signName) {
    throw fieldError('signName', 'Numbers in mainland China need a signature: give signName.');
  }
  return {
    PhoneNumberSet: [message.to],
    SmsSdkAppId: sdkAppId,
    TemplateId: message.template.templateCode,
    TemplateParamSet: templateParamSet(message),
    SessionContext: message.messageId,
    ...(signName && { SignName: signName }),
    ...(senderId && !isDomestic && { SenderId: senderId }),
  };
}

/** The values for {1}, {2}…, in the order that the template's configuration gives. */
function templateParamSet({ template, variables, lifetimeSeconds }: Message<TencentTemplate>): string[] {
  const minutes = Math.max(1, Math.floor(lifetimeSeconds / 60));
  return template.templateParams.map((name) => renderTemplate(`{{${name}}}`, { minutes, ...variables }));
}

const sentGuard = z.object({
  Response: z.object({
    SendStatusSet: z.array(statusGuard.extend({ SerialNo: z.string().max(200).optional() })).min(1),
    RequestId: z.string().max(200).optional(),
  }),
});

/** Reads the reply to SendSms: it is a success only when every number has the code `Ok`. */
function readReply(reply: ProviderReply, secrets: string[]): SendResult {
  const refusal = refusedGuard.safeParse(reply.json);
  if (refusal.success) {
    const { Error: error, RequestId } = refusal.data.Response;
    throw refused(error, RequestId, reply.status, secrets);
  }
  const sent = sentGuard.safeParse(reply.json);
  if (reply.status !== 200 || !sent.success) throw unreadableReply(reply);
  const { SendStatusSet, RequestId } = sent.data.Response;
  const failed = SendStatusSet.find(({ Code }) => Code.toLowerCase() !== 'ok');
  if (failed) throw refused(failed, RequestId, reply.status, secrets);
  const serialNo = SendStatusSet[0]?.SerialNo;
  return serialNo ? { providerMessageId: serialNo } : {};
}
