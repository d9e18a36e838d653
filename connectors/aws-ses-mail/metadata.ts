import { metadata as ofSns } from '@sesame/connector-aws-sns-sms/metadata';
import { type ConnectorMetadata, type FormItem, mailTemplatesItem, meaningsIn } from '@sesame/connector-kit';
import { refusals } from './refusals.ts';
import sentences from './sentences.zh-CN.json' with { type: 'json' };

/** The form items of the account are those of the connector for SMS; what they say of SMS is not. */
const ofAccount = (key: string, inEnglish: string, inChinese: string): FormItem => {
  const item = ofSns.formItems.find((each) => each.key === key) as FormItem;
  const translations = { 'zh-CN': { ...item.translations?.['zh-CN'], description: inChinese } };
  return { ...item, description: inEnglish, translations };
};

const formItems: FormItem[] = [
  ofAccount(
    'accessKeyId',
    'Of an IAM user that may do nothing but ses:SendEmail. IAM, Users, Security credentials.',
    '请使用仅有 ses:SendEmail 权限的 IAM 用户的密钥，在 IAM 的“用户”→“安全凭证”中创建。',
  ),
  ofAccount('accessKeySecret', 'AWS shows it once, when the key is made.', 'AWS 仅在创建密钥时显示一次。'),
  ofAccount(
    'region',
    'Where the sender is verified. Sandbox and quota belong to one region each.',
    '发件人通过验证的区域。沙盒和配额按区域独立设置。',
  ),
  {
    key: 'emailAddress',
    label: 'From',
    type: 'Text',
    placeholder: 'Acme <codes@example.com>',
    description: 'A verified address, or one of a verified domain, with or without a name.',
    translations: { 'zh-CN': { label: '发件人', description: '已验证的地址，或已验证域名下的地址，可以带名称。' } },
  },
  {
    key: 'emailAddressIdentityArn',
    label: 'ARN of the sender',
    type: 'Text',
    description: 'Only if another AWS account lets you use its identity.',
    translations: { 'zh-CN': { label: '发件人 ARN', description: '仅在其他 AWS 账户授权您使用其身份时填写。' } },
  },
  {
    key: 'feedbackForwardingEmailAddress',
    label: 'Bounces to',
    type: 'Text',
    description: 'A verified address that bounces and complaints are sent to.',
    translations: { 'zh-CN': { label: '退信地址', description: '接收退信和投诉的已验证地址。' } },
  },
  {
    key: 'feedbackForwardingEmailAddressIdentityArn',
    label: 'ARN of the address for bounces',
    type: 'Text',
    translations: { 'zh-CN': { label: '退信地址 ARN' } },
  },
  {
    key: 'configurationSetName',
    label: 'Configuration set',
    type: 'Text',
    description: 'The set that leads events to SNS: delivery reports come from there (step 4).',
    translations: {
      'zh-CN': { label: '配置集', description: '将事件发往 SNS 的配置集；送达回执由此而来（第 4 步）。' },
    },
  },
  {
    key: 'endpoint',
    label: 'Endpoint',
    type: 'Text',
    placeholder: 'https://email.eu-west-1.amazonaws.com',
    description: 'Only for a private (VPC) or FIPS endpoint. Left empty, it follows from the region.',
    translations: {
      'zh-CN': { label: '终端节点（Endpoint）', description: '仅用于私有（VPC）或 FIPS 终端节点。留空则由区域决定。' },
    },
  },
  mailTemplatesItem,
];

/** What the Console shows of the connector. */
export const metadata: ConnectorMetadata = {
  id: 'aws-ses-mail',
  target: 'aws-ses',
  platform: null,
  name: { en: 'Amazon SES', 'zh-CN': '亚马逊 SES 邮件' },
  description: {
    en: 'Sends verification codes as mails with Amazon Simple Email Service.',
    'zh-CN': '通过 Amazon SES 以邮件发送验证码。',
  },
  logo: './logo.svg',
  logoDark: null,
  readme: './README.md',
  translations: { 'zh-CN': { readme: './README.zh-CN.md', meanings: meaningsIn(sentences, refusals), sentences } },
  formItems,
};
