import { type ConnectorMetadata, contentTemplatesItem, meaningsIn } from '@sesame/connector-kit';
import { messageRefusals, requestRefusals } from './refusals.ts';
import sentences from './sentences.zh-CN.json' with { type: 'json' };

/** What the Console shows of the connector, and its form. */
export const metadata: ConnectorMetadata = {
  id: 'infobip-short-message-service',
  target: 'infobip-sms',
  platform: null,
  name: { en: 'Infobip SMS', 'zh-CN': 'Infobip 短信' },
  description: {
    en: 'Sends verification codes as text messages to phones in most countries through Infobip.',
    'zh-CN': '通过 Infobip 向全球大多数国家和地区的手机发送短信验证码。',
  },
  logo: './logo.svg',
  logoDark: null,
  readme: './README.md',
  translations: {
    'zh-CN': {
      readme: './README.zh-CN.md',
      meanings: meaningsIn(
        sentences,
        requestRefusals,
        [...messageRefusals.values()].map((refusal) => [refusal.name, refusal] as const),
      ),
      sentences,
    },
  },
  formItems: [
    {
      key: 'endpoint',
      label: 'Base URL',
      type: 'Text',
      required: true,
      placeholder: 'https://xxxxx.api.infobip.com',
      description: "Your account's own base URL: on the home page of the Infobip portal, and beside the API keys.",
      tooltip: 'It is not a secret. Each account has another one.',
      translations: {
        'zh-CN': {
          description: '您账号专属的 Base URL：在 Infobip 门户首页和 API 密钥旁可以查到。',
          tooltip: '无需保密。每个账号各不相同。',
        },
      },
    },
    {
      key: 'apiKey',
      label: 'API key',
      type: 'Text',
      required: true,
      isConfidential: true,
      placeholder: '<api-key>',
      description: 'Infobip portal: Developer tools, API keys. The scope sms:message:send is enough.',
      translations: {
        'zh-CN': {
          label: 'API 密钥',
          description: '在 Infobip 门户的 Developer tools → API keys 中创建，仅需 sms:message:send 权限。',
        },
      },
    },
    {
      key: 'from',
      label: 'Sender',
      type: 'Text',
      required: true,
      placeholder: 'Acme',
      description:
        'A sender of your account: a number with its country code, a short code, or a name of at most 11 characters. ' +
        "On a free trial, Infobip's test sender.",
      translations: {
        'zh-CN': {
          label: '发送方',
          description:
            '您账号下的发送方：带国家代码的号码、短号码，或最多 11 个字符的名称。免费试用时请使用 Infobip 的测试发送方。',
        },
      },
    },
    contentTemplatesItem,
  ],
};
