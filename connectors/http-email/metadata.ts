import { authorizationItem, reportKeyItem } from '@sesame/connector-http-sms/metadata';
import sentences from '@sesame/connector-http-sms/sentences' with { type: 'json' };
import { type ConnectorMetadata, mailTemplatesItem } from '@sesame/connector-kit';

/** What the Console shows of this connector, and its form. */
export const metadata: ConnectorMetadata = {
  id: 'http-email',
  target: 'http-email',
  platform: null,
  name: { en: 'HTTP email', 'zh-CN': 'HTTP 邮件' },
  description: {
    en: 'Hands each mail to your own HTTP endpoint, which sends it through any provider.',
    'zh-CN': '将每封邮件交给您自己的 HTTP 接口，由它通过任意服务商发送。',
  },
  logo: './logo.svg',
  logoDark: null,
  readme: './README.md',
  translations: { 'zh-CN': { readme: './README.zh-CN.md', sentences } },
  formItems: [
    {
      key: 'endpoint',
      label: 'Endpoint',
      type: 'Text',
      required: true,
      placeholder: 'https://mail.example.com/send',
      description: 'Receives a POST with JSON for each mail. https only, except on this machine; without a query.',
      translations: {
        'zh-CN': {
          label: '接口地址',
          description: '每封邮件都会以 JSON 格式 POST 到此地址。除本机外仅支持 https；不能带查询参数。',
        },
      },
    },
    authorizationItem,
    reportKeyItem,
    { ...mailTemplatesItem, required: false },
  ],
};
