import { refused as refusedByGateway, replyGuard } from '@sesame/connector-aliyun-sms/refusals';
import {
  type ConnectorError,
  configuration,
  isInDoubt,
  limit,
  maskEmailsIn,
  noMailbox,
  type ProviderReply,
  type Refusal,
  recipient,
  refusalTable,
  unreadableReply,
} from '@sesame/connector-kit';

const sender = configuration(
  'Aliyun does not let this address send: compare accountName with the Direct Mail console.',
);
const notRecipient = recipient('Aliyun does not take this address.');

/**
 * The codes with which Direct Mail refuses a mail. README.md lists the same; those of the gateway before it, which all
 * APIs of Aliyun share, are told by the connector for SMS.
 * @see https://www.alibabacloud.com/help/en/direct-mail/singlesendmail
 */
export const refusals = refusalTable<Refusal>({
  InvalidAccountName: sender,
  InvalidBody: configuration('Aliyun does not take what the mail says: change the templates.'),
  'InvalidFromAlias.Malformed': configuration('The name of the sender is too long: at most 15 characters.'),
  'InvalidMailAddress.NotFound': sender,
  'InvalidMailAddressDomain.Malformed': configuration('The domain of the sender is not set up in this region.'),
  'InvalidMailAddressSendType.Malformed': configuration(
    'The sender address is of another type: make one for triggered mails.',
  ),
  'InvalidMailAddressStatus.Malformed': configuration(
    'The sender address is not verified, or frozen: see the Direct Mail console.',
  ),
  'InvalidReceiver.NotFound': notRecipient,
  'InvalidReceiverName.Malformed': notRecipient,
  'InvalidSendMail.Spam': limit('Aliyun refused the mail: as many as the account may send, or taken for spam.'),
  'InvalidSubject.Malformed': configuration('The subject is too long: at most 100 characters.'),
  InvalidToAddress: notRecipient,
  'InvalidToAddress.Spam': noMailbox('Aliyun sends nothing to this address: it bounced before.'),
  'Forbidden.RAM': configuration(
    'Grant AliyunDirectMailFullAccess, or dm:SingleSendMail, to the RAM user of the AccessKey.',
  ),
});

/** The error for what Direct Mail, or the gateway before it, refused, without any of the `hidden` values. */
export function refused(reply: ProviderReply, hidden: string[]): ConnectorError {
  const answer = replyGuard.safeParse(reply.json);
  if (!answer.success || answer.data.Code === 'OK') return unreadableReply(reply);
  const { data } = answer;
  // After a server error nobody knows what was processed, whatever the code says.
  const own = isInDoubt(reply.status) ? undefined : refusals.get(data.Code);
  return refusedByGateway({ ...data, Message: maskEmailsIn(data.Message) }, reply, hidden, own);
}
