import { type ConnectorMetadata, contentTemplatesItem, meaningsIn } from '@sesame/connector-kit';
import { defaultEndpoint } from './config.ts';
import { refusalsByStatus, refusalsByWords } from './refusals.ts';
import sentences from './sentences.zh-CN.json' with { type: 'json' };

/** What the Console shows of the connector. */
export const metadata: ConnectorMetadata = {
  id: 'plivo-sms',
  target: 'plivo-sms',
  platform: null,
  name: { en: 'Plivo SMS', 'zh-CN': 'Plivo 短信' },
  description: {
    en: 'Sends verification codes as text messages to phones in most countries through Plivo.',
    'zh-CN': '通过 Plivo 向全球大多数国家和地区的手机发送短信验证码。',
  },
  logo: './logo.svg',
  logoDark: null,
  readme: './README.md',
  translations: {
    'zh-CN': {
      readme: './README.zh-CN.md',
      meanings: meaningsIn(sentences, refusalsByStatus, refusalsByWords),
      sentences,
    },
  },
  formItems: [
    {
      key: 'authId',
      label: 'Auth ID',
      type: 'Text',
      required: true,
      placeholder: 'MA…',
      description: 'On the first page of the Plivo console. That of a subaccount starts with SA.',
      translations: { 'zh-CN': { description: '在 Plivo 控制台首页查看。子账号的 Auth ID 以 SA 开头。' } },
    },
    {
      key: 'authToken',
      label: 'Auth Token',
      type: 'Text',
      required: true,
      isConfidential: true,
      placeholder: '<auth-token>',
      description: 'Beside the Auth ID.',
      tooltip: 'The token of a subaccount can be revoked on its own; that of the account opens everything.',
      translations: {
        'zh-CN': {
          description: '显示在 Auth ID 旁边。',
          tooltip: '子账号的 Auth Token 可单独吊销；主账号的 Auth Token 拥有全部权限。',
        },
      },
    },
    {
      key: 'src',
      label: 'Sender',
      type: 'Text',
      placeholder: '14152828726',
      description:
        'One of your Plivo numbers with its country code, a short code, or a name of at most 11 letters and digits. ' +
        'Leave it empty to use a Powerpack.',
      tooltip: 'The United States and Canada need a Plivo number. Names have to be enabled by Plivo first.',
      translations: {
        'zh-CN': {
          label: '发送方',
          description:
            '您的某个带国家代码的 Plivo 号码、短号码，或最多 11 位字母和数字的名称。使用 Powerpack 时请留空。',
          tooltip: '发往美国和加拿大须使用 Plivo 号码。名称须先由 Plivo 开通。',
        },
      },
    },
    {
      key: 'powerpackUuid',
      label: 'Powerpack UUID',
      type: 'Text',
      description: 'Plivo console: Messaging, Powerpack. It picks the sender out of its numbers. Not beside a sender.',
      translations: {
        'zh-CN': {
          description:
            '在 Plivo 控制台的 Messaging → Powerpack 中查看，由它从自己的号码中选择发送方。不能与“发送方”同时填写。',
        },
      },
    },
    {
      key: 'endpoint',
      label: 'API endpoint',
      type: 'Text',
      placeholder: defaultEndpoint,
      description: 'Leave it empty, unless Plivo gave you another address.',
      translations: { 'zh-CN': { label: 'API 地址', description: '留空即可，除非 Plivo 为您提供了其他地址。' } },
    },
    contentTemplatesItem,
  ],
};
