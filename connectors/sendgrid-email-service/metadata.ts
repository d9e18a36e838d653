import { type ConnectorMetadata, type FormItem, mailTemplatesItem, meaningsIn } from '@sesame/connector-kit';
import { defaultEndpoint } from './config.ts';
import { refusals } from './refusals.ts';
import sentences from './sentences.zh-CN.json' with { type: 'json' };

const formItems: FormItem[] = [
  {
    key: 'apiKey',
    label: 'API key',
    type: 'Text',
    required: true,
    isConfidential: true,
    placeholder: 'SG.…',
    description: 'Settings, API Keys: a restricted key that may do nothing but Mail Send.',
    translations: {
      'zh-CN': { label: 'API 密钥', description: '在 Settings → API Keys 中创建，只需 Mail Send 权限。' },
    },
  },
  {
    key: 'fromEmail',
    label: 'From',
    type: 'Text',
    required: true,
    placeholder: 'codes@example.com',
    description: 'An address of a domain that SendGrid has authenticated, or a verified single sender.',
    translations: {
      'zh-CN': { label: '发件地址', description: '已通过 SendGrid 域名验证的地址，或已验证的单个发件人。' },
    },
  },
  {
    key: 'fromName',
    label: 'Name of the sender',
    type: 'Text',
    placeholder: 'Acme',
    translations: { 'zh-CN': { label: '发件人名称' } },
  },
  {
    key: 'endpoint',
    label: 'API endpoint',
    type: 'Text',
    placeholder: defaultEndpoint,
    description: 'Left empty, the global one. For a subuser in the EU: https://api.eu.sendgrid.com.',
    translations: {
      'zh-CN': { label: 'API 地址', description: '留空则使用全球地址。欧盟子用户：https://api.eu.sendgrid.com。' },
    },
  },
  {
    key: 'webhookPublicKey',
    label: 'Verification key',
    type: 'Text',
    placeholder: 'MFkw…',
    description: 'Of the signed event webhook. With it, delivery reports that SendGrid did not sign are refused.',
    translations: {
      'zh-CN': {
        label: '验证公钥',
        description: '签名事件 Webhook 的公钥（Verification Key）。填写后，未经 SendGrid 签名的送达回执会被拒绝。',
      },
    },
  },
  mailTemplatesItem,
];

/** What the Console shows of the connector. */
export const metadata: ConnectorMetadata = {
  id: 'sendgrid-email-service',
  target: 'sendgrid-mail',
  platform: null,
  name: { en: 'SendGrid', 'zh-CN': 'SendGrid 邮件' },
  description: {
    en: 'Sends verification codes as mails with Twilio SendGrid.',
    'zh-CN': '通过 Twilio SendGrid 以邮件发送验证码。',
  },
  logo: './logo.svg',
  logoDark: null,
  readme: './README.md',
  translations: { 'zh-CN': { readme: './README.zh-CN.md', meanings: meaningsIn(sentences, refusals), sentences } },
  formItems,
};
