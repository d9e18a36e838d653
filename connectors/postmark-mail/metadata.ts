import { type ConnectorMetadata, type FormItem, meaningsIn, requiredUsageTypes } from '@sesame/connector-kit';
import { defaultEndpoint } from './config.ts';
import { refusals } from './refusals.ts';
import sentences from './sentences.zh-CN.json' with { type: 'json' };

const aliases: Record<(typeof requiredUsageTypes)[number], string> = {
  Register: 'register',
  SignIn: 'sign-in',
  ForgotPassword: 'forgot-password',
  Generic: 'generic',
};

const formItems: FormItem[] = [
  {
    key: 'serverToken',
    label: 'Server token',
    type: 'Text',
    required: true,
    isConfidential: true,
    placeholder: '<server-token>',
    description: 'Your server at Postmark, API Tokens.',
    translations: { 'zh-CN': { label: '服务器令牌', description: '在 Postmark 的服务器 → API Tokens 中获取。' } },
  },
  {
    key: 'fromEmail',
    label: 'From',
    type: 'Text',
    required: true,
    placeholder: 'Acme <codes@example.com>',
    description: 'An address with a confirmed signature, or of a verified domain.',
    translations: { 'zh-CN': { label: '发件人', description: '已确认签名的地址，或已验证域名下的地址。' } },
  },
  {
    key: 'endpoint',
    label: 'API endpoint',
    type: 'Text',
    placeholder: defaultEndpoint,
    description: 'Leave it empty, unless requests have to go through a proxy of yours.',
    translations: { 'zh-CN': { label: 'API 地址', description: '留空即可，除非请求需要经过您自己的代理。' } },
  },
  {
    key: 'webhookCredentials',
    label: 'Webhook credentials',
    type: 'Text',
    isConfidential: true,
    placeholder: 'user:password',
    description: 'Username and password of the webhook, with a colon. Delivery reports without them are refused.',
    translations: {
      'zh-CN': {
        label: 'Webhook 凭据',
        description: 'Webhook 的用户名和密码，以冒号分隔。填写后，不带此凭据的送达回执会被拒绝。',
      },
    },
  },
  {
    key: 'templates',
    label: 'Templates',
    type: 'Json',
    required: true,
    defaultValue: requiredUsageTypes.map((usageType) => ({ usageType, templateAlias: aliases[usageType] })),
    description: 'The alias of a template at Postmark for each usage type. Its text has {{code}} where the code goes.',
    translations: {
      'zh-CN': {
        label: '模板',
        description: '为每种用途填写 Postmark 中模板的别名（alias）。模板文本中 {{code}} 代表验证码。',
      },
    },
  },
];

/** What the Console shows of the connector. */
export const metadata: ConnectorMetadata = {
  id: 'postmark-mail',
  target: 'postmark-mail',
  platform: null,
  name: { en: 'Postmark', 'zh-CN': 'Postmark 邮件' },
  description: {
    en: 'Sends verification codes as mails with Postmark, by templates that are kept there.',
    'zh-CN': '通过 Postmark 以邮件发送验证码，模板保存在 Postmark。',
  },
  logo: './logo.svg',
  logoDark: null,
  readme: './README.md',
  translations: { 'zh-CN': { readme: './README.zh-CN.md', meanings: meaningsIn(sentences, refusals), sentences } },
  formItems,
};
