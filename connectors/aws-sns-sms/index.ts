import {
  defineConnector,
  type Message,
  postToProvider,
  type SendContext,
  type SendResult,
  textError,
  unreadableReply,
} from '@sesame/connector-kit';
import { configGuard, regionalEndpoint, type SnsConfig, type SnsTemplate } from './config.ts';
import { metadata } from './metadata.ts';
import { refused } from './refusals.ts';
import { signedHeaders } from './signature.ts';
import { readXml } from './xml.ts';

/** Sends verification codes with Amazon Simple Notification Service (API 2010-03-31, action Publish). */
export default defineConnector({ metadata, configGuard, send });

const maxTextLength = 1600;

/**
 * Sends one message with the action Publish. SNS has no lifetime for text messages, so none is set.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 * @throws ConnectorError of each kind; `retry` only for what AWS throttled before it processed it
 */
async function send(message: Message<SnsTemplate>, context: SendContext<SnsConfig>): Promise<SendResult> {
  const { config, now } = context;
  checkText(message);
  const url = new URL(config.endpoint ?? regionalEndpoint(config.region));
  const body = new URLSearchParams(parametersOf(message, config)).toString();
  const headers = signedHeaders({ ...config, service: 'sns', host: url.host, now: now(), body });
  const reply = await postToProvider(context, { url, headers, body });
  if (reply.status >= 400) throw refused(reply, { ...message, config });
  const providerMessageId = readXml(reply.text, 'PublishResponse')?.get('MessageId');
  if (reply.status !== 200 || !providerMessageId) throw unreadableReply(reply);
  return { providerMessageId, text: message.text };
}

function checkText(message: Message): void {
  const { length } = message.text;
  if (message.text.trim() !== '' && length <= maxTextLength) return;
  throw textError(message, `is ${length} characters long; Amazon SNS takes 1 to ${maxTextLength} and no blank text.`);
}

function parametersOf({ to, text, template }: Message<SnsTemplate>, config: SnsConfig): Record<string, string> {
  const isIndian = to.startsWith('+91');
  const attributes = {
    'AWS.SNS.SMS.SMSType': 'Transactional',
    'AWS.SNS.SMS.SenderID': config.senderId,
    'AWS.MM.SMS.OriginationNumber': config.originationNumber,
    'AWS.MM.SMS.EntityId': isIndian ? config.entityId : undefined,
    'AWS.MM.SMS.TemplateId': isIndian ? template.templateId : undefined,
  };
  const entries = Object.entries(attributes)
    .filter(([, value]) => value)
    .flatMap(([name, value], index) => {
      const entry = `MessageAttributes.entry.${index + 1}`;
      return [
        [`${entry}.Name`, name],
        [`${entry}.Value.DataType`, 'String'],
        [`${entry}.Value.StringValue`, value],
      ];
    });
  return { Action: 'Publish', Version: '2010-03-31', PhoneNumber: to, Message: text, ...Object.fromEntries(entries) };
}
