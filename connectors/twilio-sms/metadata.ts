import { type ConnectorMetadata, contentTemplatesItem, type FormItem } from '@sesame/connector-kit';
import { defaultEndpoint } from './config.ts';

const formItems: FormItem[] = [
  {
    key: 'accountSID',
    label: 'Account SID',
    type: 'Text',
    required: true,
    placeholder: 'AC…',
    description: 'On the first page of the Twilio Console, under Account Info. Starts with AC.',
  },
  {
    key: 'authToken',
    label: 'Auth Token',
    type: 'Text',
    isConfidential: true,
    placeholder: '<auth-token>',
    description: 'Beside the Account SID. Leave it empty if you use an API key.',
    tooltip: 'The Auth Token opens the whole account. An API key can be revoked on its own.',
  },
  {
    key: 'apiKeySID',
    label: 'API key SID',
    type: 'Text',
    placeholder: 'SK…',
    description: 'Recommended instead of the Auth Token. Twilio Console: Account management, API keys & tokens.',
    tooltip: 'When an API key and the Auth Token are both given, messages are sent with the API key.',
  },
  {
    key: 'apiKeySecret',
    label: 'API key secret',
    type: 'Text',
    isConfidential: true,
    placeholder: '<api-key-secret>',
    description: 'Twilio shows it once, when the key is made.',
  },
  {
    key: 'fromMessagingServiceSID',
    label: 'Messaging Service SID',
    type: 'Text',
    placeholder: 'MG…',
    description: 'Twilio Console: Messaging, Services. The service picks the sender. Leave it empty to use From alone.',
  },
  {
    key: 'from',
    label: 'From',
    type: 'Text',
    placeholder: '+15005550006',
    description:
      'One of your Twilio numbers with the plus, a short code, or a name of at most 11 characters. ' +
      'With a Messaging Service it picks one sender out of the pool.',
  },
  {
    key: 'disableRiskCheck',
    label: 'Disable risk check',
    type: 'Switch',
    defaultValue: false,
    description: 'Sends even what SMS Pumping Protection would block. Leave it off unless real users are blocked.',
  },
  {
    key: 'endpoint',
    label: 'API endpoint',
    type: 'Text',
    placeholder: defaultEndpoint,
    description: 'Only for an account in another region, for example https://api.dublin.ie1.twilio.com.',
    tooltip: 'A region has credentials of its own; those of another region are refused.',
  },
  contentTemplatesItem,
];

/** What the Console shows of the connector. */
export const metadata: ConnectorMetadata = {
  id: 'twilio-short-message-service',
  target: 'twilio-sms',
  platform: null,
  name: { en: 'Twilio SMS', 'zh-CN': 'Twilio 短信' },
  description: {
    en: 'Sends verification codes as text messages to phones in most countries through Twilio.',
    'zh-CN': '通过 Twilio 向全球大多数国家和地区的手机发送短信验证码。',
  },
  logo: './logo.svg',
  logoDark: null,
  readme: './README.md',
  formItems,
};
