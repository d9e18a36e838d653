import { type ConnectorMetadata, defaultMails, type FormItem, meaningsIn, renderMail } from '@sesame/connector-kit';
import { defaultEndpoint } from './config.ts';
import { refusals } from './refusals.ts';
import sentences from './sentences.zh-CN.json' with { type: 'json' };

/** Placeholders stay what they are: the form starts with templates. */
const itself = { code: '{{code}}', application: { name: '{{application.name}}' } };

const formItems: FormItem[] = [
  {
    key: 'endpoint',
    label: 'API endpoint',
    type: 'Text',
    placeholder: defaultEndpoint,
    description: 'Left empty, the one in the USA. For domains in the EU: https://api.eu.mailgun.net.',
    translations: {
      'zh-CN': { label: 'API 地址', description: '留空则使用美国地址。欧盟域名：https://api.eu.mailgun.net。' },
    },
  },
  {
    key: 'domain',
    label: 'Domain',
    type: 'Text',
    required: true,
    placeholder: 'mg.example.com',
    description: 'The domain that Mailgun sends for, verified there.',
    translations: { 'zh-CN': { label: '域名', description: '已在 Mailgun 验证的发件域名。' } },
  },
  {
    key: 'apiKey',
    label: 'API key',
    type: 'Text',
    required: true,
    isConfidential: true,
    placeholder: '<api-key>',
    description: 'A sending key of the domain (Domain settings, Sending keys), which may do nothing else.',
    translations: {
      'zh-CN': { label: 'API 密钥', description: '该域名的发送密钥（Domain settings → Sending keys），仅能发送。' },
    },
  },
  {
    key: 'from',
    label: 'From',
    type: 'Text',
    required: true,
    placeholder: 'Acme <codes@mg.example.com>',
    translations: { 'zh-CN': { label: '发件人' } },
  },
  {
    key: 'webhookSigningKey',
    label: 'Webhook signing key',
    type: 'Text',
    isConfidential: true,
    placeholder: '<signing-key>',
    description: 'Sending, Webhooks. With it, delivery reports that Mailgun did not sign are refused.',
    translations: {
      'zh-CN': {
        label: 'Webhook 签名密钥',
        description: '在 Sending → Webhooks 中获取。填写后，未经 Mailgun 签名的送达回执会被拒绝。',
      },
    },
  },
  {
    key: 'deliveries',
    label: 'Deliveries',
    type: 'Json',
    required: true,
    defaultValue: Object.fromEntries(
      defaultMails.map((template) => {
        const { subject, html } = renderMail(template, itself);
        return [template.usageType, { subject, html }];
      }),
    ),
    description:
      'For each usage type "subject" and "html" (and "text"), or the "template" at Mailgun and its "variables". Generic stands in for the others.',
    translations: {
      'zh-CN': {
        label: '邮件',
        description:
          '为每种用途填写 "subject" 和 "html"（以及 "text"），或 Mailgun 中的 "template" 及其 "variables"。其他用途使用 Generic。',
      },
    },
  },
];

/** What the Console shows of the connector. */
export const metadata: ConnectorMetadata = {
  id: 'mailgun-email',
  target: 'mailgun-email',
  platform: null,
  name: { en: 'Mailgun', 'zh-CN': 'Mailgun 邮件' },
  description: {
    en: 'Sends verification codes as mails with Mailgun, written here or kept there.',
    'zh-CN': '通过 Mailgun 以邮件发送验证码，内容可在此编写，也可保存在 Mailgun。',
  },
  logo: './logo.svg',
  logoDark: null,
  readme: './README.md',
  translations: { 'zh-CN': { readme: './README.zh-CN.md', meanings: meaningsIn(sentences, refusals), sentences } },
  formItems,
};
