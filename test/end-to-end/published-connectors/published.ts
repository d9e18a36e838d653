import type { Channel } from '@sesame/connector-kit';
import { publishedKeys, smtpPassword } from '../../doubles/published-hosts.ts';

/** A published connector: how to configure it, where it sends to, and what of it is a secret. */
export type Published = {
  /** The package, below `@logto/connector-`. */
  package: string;
  factoryId: string;
  channel: Channel;
  host: string;
  /** As its own guide says, and nothing that ours would need beyond that. */
  config: Record<string, unknown>;
  secretFields: string[];
  /** Of a library that repeats what failed: how often it sends at most. */
  attempts?: number;
};

const usageTypes = ['Register', 'SignIn', 'ForgotPassword', 'Generic'] as const;
const contentTemplates = usageTypes.map((usageType) => ({ usageType, content: `${usageType}: {{code}} 验证码` }));
const templateCodes = (templateCode: string) => usageTypes.map((usageType) => ({ usageType, templateCode }));

const mailTemplates = usageTypes.map((usageType) => ({
  usageType,
  subject: `${usageType}: {{code}}`,
  content: `<p>${usageType}: {{code}} 验证码</p>`,
}));

/** Connectors that Logto publishes, and that are development dependencies here. */
export const published = {
  Twilio: {
    package: 'twilio-sms',
    factoryId: 'twilio-short-message-service',
    channel: 'Sms',
    host: 'api.twilio.com',
    config: {
      accountSID: 'AC00000000000000000000000000000001',
      authToken: 'auth-token-of-twilio',
      fromMessagingServiceSID: 'MG00000000000000000000000000000003',
      templates: contentTemplates,
    },
    secretFields: ['authToken'],
  },
  Aliyun: {
    package: 'aliyun-sms',
    factoryId: 'aliyun-short-message-service',
    channel: 'Sms',
    host: 'dysmsapi.aliyuncs.com',
    config: {
      accessKeyId: publishedKeys.aliyun.id,
      accessKeySecret: publishedKeys.aliyun.secret,
      signName: '芝麻',
      templates: templateCodes('SMS_100000001'),
    },
    secretFields: ['accessKeySecret'],
  },
  Tencent: {
    package: 'tencent-sms',
    factoryId: 'tencent-short-message-service',
    channel: 'Sms',
    host: 'sms.tencentcloudapi.com',
    config: {
      accessKeyId: publishedKeys.tencent.id,
      accessKeySecret: publishedKeys.tencent.secret,
      signName: '芝麻',
      sdkAppId: '1400006666',
      region: 'ap-guangzhou',
      templates: templateCodes('1110'),
    },
    secretFields: ['accessKeySecret'],
  },
  Vonage: {
    package: 'vonage-sms',
    factoryId: 'vonage-sms',
    channel: 'Sms',
    host: 'rest.nexmo.com',
    config: {
      apiKey: 'abcd1234',
      apiSecret: 'api-secret-of-vonage',
      brandName: 'Acme',
      templates: contentTemplates,
    },
    secretFields: ['apiSecret'],
  },
  'HTTP SMS': {
    package: 'http-sms',
    factoryId: 'http-sms',
    channel: 'Sms',
    host: 'sms.example.com',
    config: { endpoint: 'https://sms.example.com/send', authorization: 'Bearer secret-of-the-endpoint' },
    secretFields: ['authorization'],
  },
  GatewayAPI: {
    package: 'gatewayapi-sms',
    factoryId: 'gatewayapi-sms',
    channel: 'Sms',
    host: 'gatewayapi.com',
    config: {
      endpoint: 'https://gatewayapi.com/rest/mtsms',
      apiToken: 'token-of-gatewayapi',
      sender: 'Acme',
      templates: contentTemplates,
    },
    secretFields: ['apiToken'],
  },
  'SMS Aero': {
    package: 'smsaero',
    factoryId: 'smsaero-short-message-service',
    channel: 'Sms',
    host: 'gate.smsaero.ru',
    config: {
      email: 'admin@example.com',
      apiKey: 'api-key-of-sms-aero',
      senderName: 'Acme',
      templates: contentTemplates,
    },
    secretFields: ['apiKey'],
  },
  YunPian: {
    package: 'yunpian-sms',
    factoryId: 'yunpian-sms',
    channel: 'Sms',
    host: 'sms.yunpian.com',
    config: { apikey: 'api-key-of-yunpian', templates: contentTemplates },
    secretFields: ['apikey'],
  },
  SMTP: {
    package: 'smtp',
    factoryId: 'simple-mail-transfer-protocol',
    channel: 'Email',
    host: 'smtp',
    config: {
      host: '127.0.0.1',
      port: 2525,
      auth: { user: 'codes@example.com', pass: smtpPassword },
      fromEmail: 'Acme <codes@example.com>',
      templates: mailTemplates.map((template) => ({ ...template, contentType: 'text/html' })),
    },
    secretFields: [],
  },
  SendGrid: {
    package: 'sendgrid-email',
    factoryId: 'sendgrid-email-service',
    channel: 'Email',
    host: 'api.sendgrid.com',
    config: {
      apiKey: 'api-key-of-sendgrid',
      fromEmail: 'codes@example.com',
      templates: mailTemplates.map((template) => ({ ...template, type: 'text/html' })),
    },
    secretFields: ['apiKey'],
  },
  Mailgun: {
    package: 'mailgun',
    factoryId: 'mailgun-email',
    channel: 'Email',
    host: 'api.mailgun.net',
    config: {
      domain: 'mg.example.com',
      apiKey: 'api-key-of-mailgun',
      from: 'Acme <codes@mg.example.com>',
      deliveries: Object.fromEntries(
        mailTemplates.map(({ usageType, subject, content }) => [usageType, { subject, html: content }]),
      ),
    },
    secretFields: ['apiKey'],
  },
  Postmark: {
    package: 'postmark',
    factoryId: 'postmark-mail',
    channel: 'Email',
    host: 'api.postmarkapp.com',
    config: {
      serverToken: 'token-of-postmark',
      fromEmail: 'codes@example.com',
      templates: usageTypes.map((usageType) => ({ usageType, templateAlias: 'code' })),
    },
    secretFields: ['serverToken'],
  },
  'Amazon SES': {
    package: 'aws-ses',
    factoryId: 'aws-ses-mail',
    channel: 'Email',
    host: 'email.us-east-1.amazonaws.com',
    config: {
      accessKeyId: publishedKeys.aws.id,
      accessKeySecret: publishedKeys.aws.secret,
      region: 'us-east-1',
      templates: mailTemplates,
    },
    secretFields: ['accessKeySecret'],
    attempts: 3,
  },
  'Aliyun mail': {
    package: 'aliyun-dm',
    factoryId: 'aliyun-direct-mail',
    channel: 'Email',
    host: 'dm.aliyuncs.com',
    config: {
      accessKeyId: publishedKeys.aliyun.id,
      accessKeySecret: publishedKeys.aliyun.secret,
      accountName: 'codes@example.com',
      templates: mailTemplates,
    },
    secretFields: ['accessKeySecret'],
  },
  SMTP2GO: {
    package: 'smtp2go-email',
    factoryId: 'smtp2go-email-service',
    channel: 'Email',
    host: 'api.smtp2go.com',
    config: {
      apiKey: 'api-0123456789ABCDEF0123456789ABCDEF',
      sender: 'codes@example.com',
      templates: mailTemplates.map((template) => ({ ...template, type: 'text/html' })),
    },
    secretFields: ['apiKey'],
  },
  MailJunky: {
    package: 'mailjunky',
    factoryId: 'mailjunky-email-service',
    channel: 'Email',
    host: 'mailjunky.ai',
    config: {
      apiKey: 'api-key-of-mailjunky',
      fromEmail: 'codes@example.com',
      templates: mailTemplates.map((template) => ({ ...template, type: 'text/html' })),
    },
    secretFields: ['apiKey'],
  },
  'HTTP email': {
    package: 'http-email',
    factoryId: 'http-email',
    channel: 'Email',
    host: 'mail.example.com',
    config: { endpoint: 'https://mail.example.com/send', authorization: 'Bearer secret-of-the-mail-endpoint' },
    secretFields: ['authorization'],
  },
} as const satisfies Record<string, Published>;
export type PublishedName = keyof typeof published;
export const publishedNames = Object.keys(published) as PublishedName[];
