import { type ConnectorMetadata, defaultContentTemplates, type FormItem } from '@sesame/connector-kit';
import sentences from './sentences.zh-CN.json' with { type: 'json' };

/** The form item of the secret that the endpoint asks for. */
export const authorizationItem: FormItem = {
  key: 'authorization',
  label: 'Authorization header',
  type: 'Text',
  required: false,
  isConfidential: true,
  placeholder: 'Bearer your-secret',
  description: 'Sent as it is in the Authorization header. Your endpoint should refuse requests without it.',
  translations: {
    'zh-CN': {
      label: 'Authorization 请求头',
      description: '原样放入 Authorization 请求头发送。您的接口应拒绝不带此请求头的请求。',
    },
  },
};

/** The form item of the key that reports are signed with. */
export const reportKeyItem: FormItem = {
  key: 'reportKey',
  label: 'Report key',
  type: 'Text',
  required: false,
  isConfidential: true,
  placeholder: 'a long random secret',
  description: 'Your endpoint signs its delivery reports with it. Others are refused once it is set.',
  translations: {
    'zh-CN': { label: '回执密钥', description: '您的接口用它对送达回执签名。设置后，其他回执会被拒绝。' },
  },
};

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
  translations: { 'zh-CN': { readme: './README.zh-CN.md', sentences } },
  formItems: [
    {
      key: 'endpoint',
      label: 'Endpoint',
      type: 'Text',
      required: true,
      placeholder: 'https://sms.example.com/send',
      description: 'Receives a POST with JSON for each message. https only, except on this machine; without a query.',
      translations: {
        'zh-CN': {
          label: '接口地址',
          description: '每条短信都会以 JSON 格式 POST 到此地址。除本机外仅支持 https；不能带查询参数。',
        },
      },
    },
    authorizationItem,
    reportKeyItem,
    {
      key: 'templates',
      label: 'Templates',
      type: 'Json',
      required: false,
      defaultValue: defaultContentTemplates,
      description: 'The texts, with {{code}} where the code goes. Add "locale" for a text in one language.',
      translations: {
        'zh-CN': {
          label: '模板',
          description: '短信内容，{{code}} 为验证码所在位置。如需为某种语言单独设置内容，请添加 "locale"。',
        },
      },
    },
  ],
};
