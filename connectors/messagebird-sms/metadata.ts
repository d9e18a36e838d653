import { type ConnectorMetadata, contentTemplatesItem, type FormItem, meaningsIn } from '@sesame/connector-kit';
import { defaultEndpoint } from './config.ts';
import { givenUpReasons, refusals } from './refusals.ts';
import sentences from './sentences.zh-CN.json' with { type: 'json' };

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
    translations: {
      'zh-CN': {
        label: '访问密钥（Access key）',
        description:
          'Connectivity Platform 的正式（live）密钥，在 dashboard.messagebird.com 的 Developers → API access (REST) 中获取。',
        tooltip: '使用测试密钥时，MessageBird 会接受请求，但不会发送短信。api.bird.com 的密钥在此无效。',
      },
    },
  },
  {
    key: 'originator',
    label: 'Originator',
    type: 'Text',
    required: true,
    placeholder: 'Example',
    description: 'The sender: a name of at most 11 characters, or one of your numbers with its country code.',
    tooltip: 'Names do not work in the United States and Canada, and have to be registered in some countries.',
    translations: {
      'zh-CN': {
        label: '发送方（Originator）',
        description: '最多 11 个字符的名称，或您的某个带国家代码的号码。',
        tooltip: '名称不能用于美国和加拿大，在部分国家和地区需先注册。',
      },
    },
  },
  {
    key: 'signingKey',
    label: 'Signing key',
    type: 'Text',
    isConfidential: true,
    placeholder: '<signing-key>',
    description: 'To check delivery reports. dashboard.messagebird.com: Developers, API settings.',
    translations: {
      'zh-CN': {
        label: '签名密钥（Signing key）',
        description: '用于校验送达回执，在 dashboard.messagebird.com 的 Developers → API settings 中查看。',
      },
    },
  },
  {
    key: 'endpoint',
    label: 'API endpoint',
    type: 'Text',
    placeholder: defaultEndpoint,
    description: 'Leave it empty, unless requests have to go through a proxy of yours.',
    translations: { 'zh-CN': { label: 'API 地址', description: '留空即可，除非请求需要经过您自己的代理。' } },
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
  translations: {
    'zh-CN': { readme: './README.zh-CN.md', meanings: meaningsIn(sentences, refusals, givenUpReasons), sentences },
  },
  formItems,
};
