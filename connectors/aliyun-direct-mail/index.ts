import { signedRequest } from '@sesame/connector-aliyun-sms/signature';
import {
  defineConnector,
  headersOf,
  type Mailbox,
  type Message,
  postToProvider,
  type SendContext,
  type SendResult,
  senderOf,
} from '@sesame/connector-kit';
import { z } from 'zod';
import { type AliyunMailConfig, configGuard, regions } from './config.ts';
import { metadata } from './metadata.ts';
import { refused } from './refusals.ts';

const api = { action: 'SingleSendMail', version: '2015-11-23' };

/**
 * Sends each message as a mail of two parts through `SingleSendMail` of Alibaba Cloud Direct Mail (Dm 2015-11-23). The API
 * is not idempotent: a send that timed out or broke off is never repeated.
 * @see https://www.alibabacloud.com/help/en/direct-mail/singlesendmail
 */
export default defineConnector({
  type: 'Email',
  metadata,
  configGuard,
  // https://www.alibabacloud.com/help/en/direct-mail/domain-configuration
  delivery: { spfInclude: 'spf1.dm.aliyun.com', dkimSelectors: ['aliyun-cn-hangzhou', 'default'] },
  send,
});

const replyGuard = z.object({ EnvId: z.string().min(1).max(200) });

async function send(message: Message, context: SendContext<AliyunMailConfig>): Promise<SendResult> {
  const { config } = context;
  const endpoint = config.endpoint ?? regions[config.regionId].endpoint;
  const from = senderOf(message.mail, config.accountName, config.fromAlias);
  const form = formOf(message, from);
  const reply = await postToProvider(
    context,
    signedRequest({ ...context, config: { ...config, endpoint } }, api, {}, form),
  );
  const accepted = replyGuard.safeParse(reply.json);
  if (reply.status === 200 && accepted.success) {
    return { providerMessageId: accepted.data.EnvId, text: message.text, headers: headersOf(message, from, {}) };
  }
  const { text, mail, to, variables } = message;
  const hidden = [mail?.html ?? '', text, String(variables.code ?? ''), to, config.accessKeyId, config.accessKeySecret];
  throw refused(reply, hidden);
}

function formOf({ to, text, mail }: Message, from: Mailbox): Record<string, string> {
  return {
    AccountName: from.address,
    AddressType: '1',
    // Where answers go is said here, not in the console.
    ReplyToAddress: 'false',
    ToAddress: to,
    ...(from.name !== '' && { FromAlias: from.name }),
    ...(mail?.replyTo && { ReplyAddress: mail.replyTo.address }),
    ...(mail?.replyTo?.name && { ReplyAddressAlias: mail.replyTo.name }),
    Subject: mail?.subject ?? '',
    HtmlBody: mail?.html ?? '',
    TextBody: text,
    ClickTrace: '0',
  };
}
