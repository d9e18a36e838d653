import { type ConnectorMetadata, contentTemplatesItem, type FormItem } from '@sesame/connector-kit';

const formItems: FormItem[] = [
  {
    key: 'accessKeyId',
    label: 'Access key ID',
    type: 'Text',
    required: true,
    placeholder: 'AKIA…',
    description: 'Of an IAM user that may do nothing but sns:Publish. IAM, Users, Security credentials.',
  },
  {
    key: 'accessKeySecret',
    label: 'Secret access key',
    type: 'Text',
    required: true,
    isConfidential: true,
    placeholder: '<secret-access-key>',
    description: 'AWS shows it once, when the key is made.',
  },
  {
    key: 'sessionToken',
    label: 'Session token',
    type: 'Text',
    isConfidential: true,
    description: 'Only for temporary keys, which start with ASIA. They expire, and then no messages go out.',
  },
  {
    key: 'region',
    label: 'Region',
    type: 'Text',
    required: true,
    placeholder: 'eu-west-1',
    description: 'Not every region sends text messages. Sandbox, spend limit and senders belong to one region each.',
  },
  {
    key: 'senderId',
    label: 'Sender ID',
    type: 'Text',
    placeholder: 'Example',
    description: 'The name that phones show: at most 11 letters and digits. Not in the United States and Canada.',
    tooltip: 'Some countries deliver only sender IDs that were registered there.',
  },
  {
    key: 'originationNumber',
    label: 'Origination number',
    type: 'Text',
    placeholder: '+18005550100',
    description: 'One of your numbers. It serves its own country only; left empty, AWS picks the number that fits.',
  },
  {
    key: 'entityId',
    label: 'Entity ID (India)',
    type: 'Text',
    description: 'Only for numbers in India: the ID of your registration there. Each template has an ID of its own.',
  },
  {
    key: 'endpoint',
    label: 'Endpoint',
    type: 'Text',
    placeholder: 'https://sns.eu-west-1.amazonaws.com',
    description: 'Only for a private (VPC) or FIPS endpoint. Left empty, it follows from the region.',
  },
  {
    ...contentTemplatesItem,
    description: `${contentTemplatesItem.description} For India, add the templateId of each registered text.`,
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
  formItems,
};
