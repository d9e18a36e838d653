import { type ConnectorMetadata, contentTemplatesItem } from '@sesame/connector-kit';
import { defaultEndpoint } from './config.ts';

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
  formItems: [
    {
      key: 'apiKey',
      label: 'API key',
      type: 'Text',
      required: true,
      placeholder: 'abcd1234',
      description: 'Vonage API Dashboard: API Settings.',
    },
    {
      key: 'apiSecret',
      label: 'API secret',
      type: 'Text',
      required: true,
      isConfidential: true,
      placeholder: '<api-secret>',
      description: 'Beside the API key. Not the signature secret.',
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
    },
    {
      key: 'endpoint',
      label: 'API endpoint',
      type: 'Text',
      placeholder: defaultEndpoint,
      description: 'Leave it empty, unless Vonage gave you another address.',
    },
    contentTemplatesItem,
  ],
};
