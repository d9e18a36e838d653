import { type ConnectorMetadata, contentTemplatesItem, type FormItem, meaningsIn } from '@sesame/connector-kit';
import { refusals } from './refusals.ts';
import sentences from './sentences.zh-CN.json' with { type: 'json' };

const templatesInChinese = contentTemplatesItem.translations?.['zh-CN'];

const formItems: FormItem[] = [
  {
    key: 'accessKeyId',
    label: 'Access key ID',
    type: 'Text',
    required: true,
    placeholder: 'AKIA…',
    description: 'Of an IAM user that may do nothing but sns:Publish. IAM, Users, Security credentials.',
    translations: {
      'zh-CN': {
        label: '访问密钥 ID',
        description: '请使用仅有 sns:Publish 权限的 IAM 用户的密钥，在 IAM 的“用户”→“安全凭证”中创建。',
      },
    },
  },
  {
    key: 'accessKeySecret',
    label: 'Secret access key',
    type: 'Text',
    required: true,
    isConfidential: true,
    placeholder: '<secret-access-key>',
    description: 'AWS shows it once, when the key is made.',
    translations: { 'zh-CN': { label: '秘密访问密钥', description: 'AWS 仅在创建密钥时显示一次。' } },
  },
  {
    key: 'sessionToken',
    label: 'Session token',
    type: 'Text',
    isConfidential: true,
    description: 'Only for temporary keys, which start with ASIA. They expire, and then no messages go out.',
    translations: {
      'zh-CN': { label: '会话令牌', description: '仅用于以 ASIA 开头的临时密钥。临时密钥过期后将无法发送短信。' },
    },
  },
  {
    key: 'region',
    label: 'Region',
    type: 'Text',
    required: true,
    placeholder: 'eu-west-1',
    description: 'Not every region sends text messages. Sandbox, spend limit and senders belong to one region each.',
    translations: {
      'zh-CN': { label: '区域', description: '并非所有区域都支持发送短信。沙盒、支出限额和发送方均按区域独立设置。' },
    },
  },
  {
    key: 'senderId',
    label: 'Sender ID',
    type: 'Text',
    placeholder: 'Example',
    description: 'The name that phones show: at most 11 letters and digits. Not in the United States and Canada.',
    tooltip: 'Some countries deliver only sender IDs that were registered there.',
    translations: {
      'zh-CN': {
        label: '发送方 ID（Sender ID）',
        description: '手机上显示的名称：最多 11 位字母和数字。不适用于美国和加拿大。',
        tooltip: '部分国家和地区仅送达已在当地注册的发送方 ID。',
      },
    },
  },
  {
    key: 'originationNumber',
    label: 'Origination number',
    type: 'Text',
    placeholder: '+18005550100',
    description: 'One of your numbers. It serves its own country only; left empty, AWS picks the number that fits.',
    translations: {
      'zh-CN': {
        label: '起始号码',
        description: '您的号码之一，仅用于该号码所属的国家或地区；留空则由 AWS 选择合适的号码。',
      },
    },
  },
  {
    key: 'entityId',
    label: 'Entity ID (India)',
    type: 'Text',
    description: 'Only for numbers in India: the ID of your registration there. Each template has an ID of its own.',
    translations: {
      'zh-CN': {
        label: '实体 ID（印度）',
        description: '仅用于印度号码：您在印度注册的实体 ID。每个模板另有各自的 ID。',
      },
    },
  },
  {
    key: 'endpoint',
    label: 'Endpoint',
    type: 'Text',
    placeholder: 'https://sns.eu-west-1.amazonaws.com',
    description: 'Only for a private (VPC) or FIPS endpoint. Left empty, it follows from the region.',
    translations: {
      'zh-CN': { label: '终端节点（Endpoint）', description: '仅用于私有（VPC）或 FIPS 终端节点。留空则由区域决定。' },
    },
  },
  {
    ...contentTemplatesItem,
    description: `${contentTemplatesItem.description} For India, add the templateId of each registered text.`,
    translations: {
      'zh-CN': {
        ...templatesInChinese,
        description: `${templatesInChinese?.description}发往印度时，请为每条已注册的短信内容添加 templateId。`,
      },
    },
  },
];

/** What the Console shows of the connector. */
export const metadata: ConnectorMetadata = {
  id: 'aws-sns-short-message-service',
  target: 'aws-sns-sms',
  platform: null,
  name: { en: 'Amazon SNS', 'zh-CN': '亚马逊 SNS 短信' },
  description: {
    en: 'Sends verification codes as text messages to phones in most countries with Amazon SNS.',
    'zh-CN': '通过 Amazon SNS 向全球大多数国家和地区的手机发送短信验证码。',
  },
  logo: './logo.svg',
  logoDark: null,
  readme: './README.md',
  translations: { 'zh-CN': { readme: './README.zh-CN.md', meanings: meaningsIn(sentences, refusals), sentences } },
  formItems,
};
