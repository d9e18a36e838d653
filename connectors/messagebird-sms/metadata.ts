import { type ConnectorMetadata, contentTemplatesItem, type FormItem } from '@sesame/connector-kit';
import { defaultEndpoint } from './config.ts';

const formItems: FormItem[] = [
  {
    key: 'accessKey',
    label: 'Access key',
    type: 'Text',
    required: true,
    isConfidential: true,
    placeholder: '<access-key>',
    description: 'A live key of the Connectivity Platform. dashboard.messagebird.com: Developers, API access (REST).',
    tooltip: 'With a test key MessageBird accepts messages and sends none. Keys of api.bird.com do not work here.',
  },
  {
    key: 'originator',
    label: 'Originator',
    type: 'Text',
    required: true,
    placeholder: 'Example',
    description: 'The sender: a name of at most 11 characters, or one of your numbers with its country code.',
    tooltip: 'Names do not work in the United States and Canada, and have to be registered in some countries.',
  },
  {
    key: 'endpoint',
    label: 'API endpoint',
    type: 'Text',
    placeholder: defaultEndpoint,
    description: 'Leave it empty, unless requests have to go through a proxy of yours.',
  },
  contentTemplatesItem,
];

/** What the Console shows of the connector. */
export const metadata: ConnectorMetadata = {
  id: 'messagebird-short-message-service',
  target: 'messagebird-sms',
  platform: null,
  name: { en: 'MessageBird (Bird)', 'zh-CN': 'MessageBird（Bird）短信' },
  description: {
    en: "Sends verification codes as text messages to phones in most countries with MessageBird, Bird's Connectivity Platform.",
    'zh-CN': '通过 MessageBird（Bird 的 Connectivity Platform）向全球大多数国家和地区的手机发送短信验证码。',
  },
  logo: './logo.svg',
  logoDark: null,
  readme: './README.md',
  formItems,
};
