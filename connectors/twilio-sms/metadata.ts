import {
  afterwardsItems,
  type ConnectorMetadata,
  contentTemplatesItem,
  type FormItem,
  meaningsIn,
} from '@sesame/connector-kit';
import { defaultEndpoint } from './config.ts';
import { refusals } from './refusals.ts';
import sentences from './sentences.zh-CN.json' with { type: 'json' };

const formItems: FormItem[] = [
  {
    key: 'accountSID',
    label: 'Account SID',
    type: 'Text',
    required: true,
    placeholder: 'AC…',
    description: 'On the first page of the Twilio Console, under Account Info. Starts with AC.',
    translations: { 'zh-CN': { description: '在 Twilio 控制台首页的 Account Info 中查看，以 AC 开头。' } },
  },
  {
    key: 'authToken',
    label: 'Auth Token',
    type: 'Text',
    isConfidential: true,
    placeholder: '<auth-token>',
    description: 'Beside the Account SID. With an API key it is used to check delivery reports alone.',
    tooltip: 'The Auth Token opens the whole account. An API key can be revoked on its own.',
    translations: {
      'zh-CN': {
        description: '显示在 Account SID 旁边。使用 API 密钥时，仅用于校验送达回执。',
        tooltip: 'Auth Token 拥有整个账号的权限；API 密钥可单独吊销。',
      },
    },
  },
  {
    key: 'apiKeySID',
    label: 'API key SID',
    type: 'Text',
    placeholder: 'SK…',
    description: 'Recommended instead of the Auth Token. Twilio Console: Account management, API keys & tokens.',
    tooltip: 'When an API key and the Auth Token are both given, messages are sent with the API key.',
    translations: {
      'zh-CN': {
        label: 'API 密钥 SID',
        description: '建议用它代替 Auth Token。在 Twilio 控制台的 Account management → API keys & tokens 中创建。',
        tooltip: '同时填写 API 密钥和 Auth Token 时，使用 API 密钥发送。',
      },
    },
  },
  {
    key: 'apiKeySecret',
    label: 'API key secret',
    type: 'Text',
    isConfidential: true,
    placeholder: '<api-key-secret>',
    description: 'Twilio shows it once, when the key is made.',
    translations: { 'zh-CN': { label: 'API 密钥 Secret', description: 'Twilio 仅在创建密钥时显示一次。' } },
  },
  {
    key: 'fromMessagingServiceSID',
    label: 'Messaging Service SID',
    type: 'Text',
    placeholder: 'MG…',
    description: 'Twilio Console: Messaging, Services. The service picks the sender. Leave it empty to use From alone.',
    translations: {
      'zh-CN': {
        description:
          '在 Twilio 控制台的 Messaging → Services 中查看，由该服务选择发送方。如仅使用下方的“发送方”，请留空。',
      },
    },
  },
  {
    key: 'from',
    label: 'From',
    type: 'Text',
    placeholder: '+15005550006',
    description:
      'One of your Twilio numbers with the plus, a short code, or a name of at most 11 characters. ' +
      'With a Messaging Service it picks one sender out of the pool.',
    translations: {
      'zh-CN': {
        label: '发送方（From）',
        description:
          '您的某个带加号的 Twilio 号码、短号码，或最多 11 个字符的名称。与 Messaging Service 同时填写时，用于指定其中的一个发送方。',
      },
    },
  },
  {
    key: 'disableRiskCheck',
    label: 'Disable risk check',
    type: 'Switch',
    defaultValue: false,
    description: 'Sends even what SMS Pumping Protection would block. Leave it off unless real users are blocked.',
    translations: {
      'zh-CN': {
        label: '停用风险检查',
        description: '即使会被 SMS Pumping Protection 拦截，也照常发送。除非真实用户被拦截，否则请勿开启此项。',
      },
    },
  },
  {
    key: 'webhookSharedKey',
    label: 'Shared key of the webhook rule',
    type: 'Text',
    isConfidential: true,
    placeholder: '<shared-key>',
    description: 'Only where a webhook rule of the account signs delivery reports.',
    translations: {
      'zh-CN': {
        label: 'Webhook 规则的共享密钥',
        description: '仅在账号的 Webhook 规则对送达回执签名时填写。',
      },
    },
  },
  ...afterwardsItems('askForReports', 'askForPrices', 'tellVerified'),
  {
    key: 'endpoint',
    label: 'API endpoint',
    type: 'Text',
    placeholder: defaultEndpoint,
    description: 'Only for an account in another region, for example https://api.dublin.ie1.twilio.com.',
    tooltip: 'A region has credentials of its own; those of another region are refused.',
    translations: {
      'zh-CN': {
        label: 'API 地址',
        description: '仅用于其他区域的账号，例如 https://api.dublin.ie1.twilio.com。',
        tooltip: '每个区域有各自的凭据，其他区域的凭据会被拒绝。',
      },
    },
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
  translations: { 'zh-CN': { readme: './README.zh-CN.md', meanings: meaningsIn(sentences, refusals), sentences } },
  formItems,
};
