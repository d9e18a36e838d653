import {
  defineConnector,
  fieldError,
  isMainlandChina,
  type Message,
  postToProvider,
  type SendContext,
  type SendResult,
  unreadableReply,
  type Variables,
} from '@sesame/connector-kit';
import { afterwards } from './afterwards.ts';
import { type AliyunConfig, type AliyunTemplate, configGuard } from './config.ts';
import { metadata } from './metadata.ts';
import { refused, replyGuard } from './refusals.ts';
import { reports } from './reports.ts';
import { signedRequest } from './signature.ts';

const api = { action: 'SendSms', version: '2017-05-25' };

/**
 * Sends through Aliyun's `SendSms` (Dysmsapi 2017-05-25). The API is not idempotent: a send that timed out or broke off
 * is never repeated.
 * @see https://help.aliyun.com/en/sms/developer-reference/api-dysmsapi-2017-05-25-sendsms
 */
export default defineConnector<AliyunConfig, AliyunTemplate>({ metadata, configGuard, send, reports, afterwards });

async function send(message: Message<AliyunTemplate>, context: SendContext<AliyunConfig>): Promise<SendResult> {
  const { config } = context;
  // Where nobody wishes a language, the variable says that of the template.
  const variables = { locale: message.template.locale ?? 'en', ...message.variables };
  const templateParams = pickVariables(message.template.templateParams, variables);
  const phoneNumbers = message.to.slice(1);
  const reply = await postToProvider(
    context,
    signedRequest(context, api, {
      PhoneNumbers: phoneNumbers,
      SignName: config.signName,
      TemplateCode: templateCodeFor(message.to, message.template, config.strictPhoneRegionNumberCheck),
      TemplateParam: JSON.stringify(templateParams),
      OutId: message.messageId,
    }),
  );
  const answer = replyGuard.safeParse(reply.json);
  if (!answer.success) throw unreadableReply(reply);
  if (answer.data.Code === 'OK') return answer.data.BizId ? { providerMessageId: answer.data.BizId } : {};
  const hidden = [config.accessKeyId, config.accessKeySecret, phoneNumbers, ...Object.values(templateParams)];
  throw refused(answer.data, reply, hidden);
}

function templateCodeFor(to: string, { templateCode }: AliyunTemplate, isStrict = false): string {
  if (typeof templateCode === 'string') return templateCode;
  const isMainland = isMainlandChina(to) || (!isStrict && /^\+1\d{10}$/.test(to));
  return isMainland ? templateCode.china : templateCode.overseas;
}

// Aliyun refuses variables that its template does not have, and values that are not strings.
function pickVariables(names: string[], variables: Variables): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => {
      const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
      if (typeof value === 'string' || typeof value === 'number') return [name, String(value)];
      throw fieldError('templates', `The template takes the variable ${name}, which this message does not have.`);
    }),
  );
}
