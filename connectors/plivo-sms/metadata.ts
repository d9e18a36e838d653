import { type ConnectorMetadata, contentTemplatesItem } from '@sesame/connector-kit';
import { defaultEndpoint } from './config.ts';

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
  formItems: [
    {
      key: 'authId',
      label: 'Auth ID',
      type: 'Text',
      required: true,
      placeholder: 'MA…',
      description: 'On the first page of the Plivo console. That of a subaccount starts with SA.',
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
    },
    {
      key: 'powerpackUuid',
      label: 'Powerpack UUID',
      type: 'Text',
      description: 'Plivo console: Messaging, Powerpack. It picks the sender out of its numbers. Not beside a sender.',
    },
    {
      key: 'endpoint',
      label: 'API endpoint',
      type: 'Text',
      placeholder: defaultEndpoint,
      description: 'Leave it empty, unless Plivo gave you another address.',
    },
    contentTemplatesItem,
  ],
};
