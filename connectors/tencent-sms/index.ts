import {
  ConnectorError,
  defineConnector,
  isMainlandChina,
  type Message,
  postToProvider,
  renderTemplate,
  type SendContext,
  type SendResult,
} from '@sesame/connector-kit';
import { configGuard, type TencentConfig, type TencentTemplate } from './config.ts';
import { metadata } from './metadata.ts';
import { readReply } from './reply.ts';
import { contentType, tc3Authorization } from './signature.ts';

/**
 * Sends through Tencent Cloud SMS, API 2021-01-11, action SendSms.
 * @see https://www.tencentcloud.com/document/api/382/40536
 */
export default defineConnector<TencentConfig, TencentTemplate>({ metadata, configGuard, send });

async function send(message: Message<TencentTemplate>, context: SendContext<TencentConfig>): Promise<SendResult> {
  const { config, now } = context;
  const url = new URL(config.endpoint);
  const body = JSON.stringify(sendSmsParameters(message, config));
  const timestampSeconds = Math.floor(now() / 1000);
  const reply = await postToProvider(context, {
    url,
    headers: {
      'Content-Type': contentType,
      'X-TC-Action': 'SendSms',
      'X-TC-Version': '2021-01-11',
      'X-TC-Region': config.region,
      'X-TC-Timestamp': String(timestampSeconds),
      Authorization: tc3Authorization({
        secretId: config.accessKeyId,
        secretKey: config.accessKeySecret,
        service: 'sms',
        hostname: url.hostname,
        timestampSeconds,
        body,
      }),
    },
    body,
  });
  const { code } = message.variables;
  return readReply(reply, [config.accessKeySecret, ...(typeof code === 'string' && code ? [code] : [])]);
}

function sendSmsParameters(message: Message<TencentTemplate>, { sdkAppId, signName, senderId }: TencentConfig) {
  const isDomestic = isMainlandChina(message.to);
  if (isDomestic && !signName) {
    const text = 'Numbers in mainland China need a signature: give signName.';
    throw new ConnectorError({
      kind: 'configuration',
      message: text,
      issues: [{ path: 'signName', message: text }],
    });
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
