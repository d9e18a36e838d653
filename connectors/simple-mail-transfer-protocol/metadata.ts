import type { ConnectorMetadata } from '@sesame/connector-kit';

/** What the Console shows of this connector, and its form. */
export const metadata: ConnectorMetadata = {
  id: 'simple-mail-transfer-protocol',
  target: 'smtp',
  platform: null,
  name: { en: 'SMTP', 'zh-CN': 'SMTP' },
  description: {
    en: 'Sends mails through any SMTP server.',
    'zh-CN': '通过任意 SMTP 服务器发送邮件。',
  },
  logo: './logo.svg',
  logoDark: null,
  readme: './README.md',
  formItems: [
    { key: 'host', label: 'Host', type: 'Text', required: true, placeholder: 'smtp.example.com' },
    { key: 'port', label: 'Port', type: 'Number', required: true, defaultValue: 587 },
    {
      key: 'auth',
      label: 'Sign-in',
      type: 'Json',
      required: true,
      isConfidential: true,
      defaultValue: { user: 'your-user', pass: 'your-password' },
    },
    { key: 'fromEmail', label: 'From', type: 'Text', required: true, placeholder: 'Example <codes@example.com>' },
    { key: 'replyTo', label: 'Reply to', type: 'Text', required: false },
    { key: 'secure', label: 'TLS from the start (port 465)', type: 'Switch', required: false, defaultValue: false },
    { key: 'requireTLS', label: 'Require STARTTLS', type: 'Switch', required: false, defaultValue: false },
    { key: 'templates', label: 'Templates', type: 'Json', required: true },
    { key: 'customHeaders', label: 'Further headers', type: 'Json', required: false },
  ],
};
