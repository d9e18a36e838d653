import { type ConnectorMetadata, contentTemplatesItem, meaningsIn } from '@sesame/connector-kit';
import { defaultEndpoint } from './config.ts';
import { refusals } from './refusals.ts';
import sentences from './sentences.zh-CN.json' with { type: 'json' };

/** What the Console shows of the connector. */
export const metadata: ConnectorMetadata = {
  id: 'vonage-sms',
  target: 'vonage-sms',
  platform: null,
  name: { en: 'Vonage SMS', 'zh-CN': 'Vonage 短信' },
  description: {
    en: 'Sends verification codes as text messages to phones in most countries through Vonage.',
    'zh-CN': '通过 Vonage 向全球大多数国家和地区的手机发送短信验证码。',
  },
  logo: './logo.svg',
  logoDark: null,
  readme: './README.md',
  translations: { 'zh-CN': { readme: './README.zh-CN.md', meanings: meaningsIn(sentences, refusals), sentences } },
  formItems: [
    {
      key: 'apiKey',
      label: 'API key',
      type: 'Text',
      required: true,
      placeholder: 'abcd1234',
      description: 'Vonage API Dashboard: API Settings.',
      translations: { 'zh-CN': { description: '在 Vonage API Dashboard 的 API Settings 中查看。' } },
    },
    {
      key: 'apiSecret',
      label: 'API secret',
      type: 'Text',
      required: true,
      isConfidential: true,
      placeholder: '<api-secret>',
      description: 'Beside the API key. Not the signature secret.',
      translations: { 'zh-CN': { description: '显示在 API key 旁边，并非 signature secret。' } },
    },
    {
      key: 'brandName',
      label: 'Brand name',
      type: 'Text',
      required: true,
      placeholder: 'Acme',
      description: 'What messages come from: a name of at most 11 letters and digits, or one of your Vonage numbers.',
      tooltip:
        'The United States and Canada need a number. Some other countries replace names or want them registered.',
      translations: {
        'zh-CN': {
          label: '品牌名称',
          description: '短信的发送方：最多 11 位字母和数字的名称，或您的某个 Vonage 号码。',
          tooltip: '发往美国和加拿大须使用号码。其他一些国家和地区会替换名称，或要求先注册。',
        },
      },
    },
    {
      key: 'signatureSecret',
      label: 'Signature secret',
      type: 'Text',
      isConfidential: true,
      placeholder: '<signature-secret>',
      description:
        'Only where Vonage signs delivery receipts for your account; then those without a signature are refused.',
      translations: {
        'zh-CN': {
          label: '签名密钥（Signature secret）',
          description: '仅在 Vonage 为您的账号对送达回执签名时填写；填写后，未签名的回执会被拒绝。',
        },
      },
    },
    {
      key: 'endpoint',
      label: 'API endpoint',
      type: 'Text',
      placeholder: defaultEndpoint,
      description: 'Leave it empty, unless Vonage gave you another address.',
      translations: { 'zh-CN': { label: 'API 地址', description: '留空即可，除非 Vonage 为您提供了其他地址。' } },
    },
    contentTemplatesItem,
  ],
};
