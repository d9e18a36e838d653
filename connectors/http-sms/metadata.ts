import { type ConnectorMetadata, defaultContentTemplates } from '@sesame/connector-kit';

/** What the Console shows of this connector, and its form. */
export const metadata: ConnectorMetadata = {
  id: 'http-sms',
  target: 'http-sms',
  platform: null,
  name: { en: 'HTTP SMS', 'zh-CN': 'HTTP 短信' },
  description: {
    en: 'Hands each message to your own HTTP endpoint, which sends it through any provider.',
    'zh-CN': '将每条短信交给您自己的 HTTP 接口，由它通过任意服务商发送。',
  },
  logo: './logo.svg',
  logoDark: null,
  readme: './README.md',
  formItems: [
    {
      key: 'endpoint',
      label: 'Endpoint',
      type: 'Text',
      required: true,
      placeholder: 'https://sms.example.com/send',
      description: 'Receives a POST with JSON for each message. https only, except on this machine; without a query.',
    },
    {
      key: 'authorization',
      label: 'Authorization header',
      type: 'Text',
      required: false,
      isConfidential: true,
      placeholder: 'Bearer your-secret',
      description: 'Sent as it is in the Authorization header. Your endpoint should refuse requests without it.',
    },
    {
      key: 'templates',
      label: 'Templates',
      type: 'Json',
      required: false,
      defaultValue: defaultContentTemplates,
      description: 'The texts, with {{code}} where the code goes. Add "locale" for a text in one language.',
    },
  ],
};
