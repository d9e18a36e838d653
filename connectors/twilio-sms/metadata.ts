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

const channelIs = (expectValue: 'sms' | 'whatsapp') => ({ showConditions: [{ targetKey: 'channel', expectValue }] });

const formItems: FormItem[] = [
  {
    key: 'channel',
    label: 'Send codes by',
    type: 'Select',
    selectItems: [
      { value: 'sms', title: 'SMS' },
      { value: 'whatsapp', title: 'WhatsApp' },
    ],
    defaultValue: 'sms',
    placeholder: 'SMS',
    description: 'WhatsApp needs a WhatsApp sender and a template that WhatsApp approved.',
    tooltip: 'Everybody gets codes in this one way. Who has no WhatsApp gets none by it.',
    translations: {
      'zh-CN': {
        label: '验证码发送方式',
        description: 'WhatsApp 需要 WhatsApp 发送方，以及经 WhatsApp 审核通过的模板。',
        tooltip: '所有人都通过这一种方式接收验证码；没有 WhatsApp 的用户将收不到。',
      },
    },
  },
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
      'One of your Twilio numbers with the plus, a short code, or a name of at most 11 characters; for WhatsApp the number ' +
      'of a WhatsApp sender. With a Messaging Service it picks one sender out of the pool.',
    translations: {
      'zh-CN': {
        label: '发送方（From）',
        description:
          '您的某个带加号的 Twilio 号码、短号码，或最多 11 个字符的名称；使用 WhatsApp 时为 WhatsApp 发送方的号码。与 Messaging Service 同时填写时，用于指定其中的一个发送方。',
      },
    },
  },
  {
    key: 'whatsAppTemplates',
    label: 'WhatsApp templates',
    type: 'Json',
    ...channelIs('whatsapp'),
    defaultValue: [{ contentSID: '' }],
    description:
      'The Content SID (HX…) of a template of the type Authentication: Twilio Console, Messaging, Content Template Builder. ' +
      'One without locale is for everybody; further ones with a locale, such as zh-CN, are for that language.',
    tooltip:
      'The words are those of WhatsApp, the same for each usage type. Twilio puts the code in the place of {{1}}.',
    translations: {
      'zh-CN': {
        label: 'WhatsApp 模板',
        description:
          '类型为 Authentication 的模板的 Content SID（以 HX 开头）：Twilio 控制台的 Messaging → Content Template Builder。没有 locale 的模板用于所有人；带 locale（例如 zh-CN）的模板用于该语言。',
        tooltip: '文字由 WhatsApp 规定，各种用途相同；Twilio 会将 {{1}} 替换为验证码。',
      },
    },
  },
  {
    key: 'disableRiskCheck',
    label: 'Disable risk check',
    type: 'Switch',
    ...channelIs('sms'),
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
  { ...contentTemplatesItem, ...channelIs('sms') },
];

/** What the Console shows of the connector. */
export const metadata: ConnectorMetadata = {
  id: 'twilio-short-message-service',
  target: 'twilio-sms',
  platform: null,
  name: { en: 'Twilio SMS', 'zh-CN': 'Twilio 短信' },
  description: {
    en: 'Sends verification codes as text messages to phones in most countries through Twilio, or to WhatsApp.',
    'zh-CN': '通过 Twilio 向全球大多数国家和地区的手机发送短信验证码，或发送到 WhatsApp。',
  },
  logo: './logo.svg',
  logoDark: null,
  readme: './README.md',
  translations: { 'zh-CN': { readme: './README.zh-CN.md', meanings: meaningsIn(sentences, refusals), sentences } },
  formItems,
};
