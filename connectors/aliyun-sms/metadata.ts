import type { ConnectorMetadata } from '@sesame/connector-kit';
import { requiredUsageTypes } from '@sesame/connector-kit';
import { defaultEndpoint } from './config.ts';

/** What the Console shows of this connector, and its form. */
export const metadata: ConnectorMetadata = {
  id: 'aliyun-short-message-service',
  target: 'aliyun-sms',
  platform: null,
  name: { en: 'Aliyun Short Message Service', 'zh-CN': '阿里云短信服务' },
  description: {
    en: 'Sends verification codes to phones in mainland China and abroad through Aliyun (Alibaba Cloud).',
    'zh-CN': '通过阿里云向中国内地及境外手机发送验证码短信。',
  },
  logo: './logo.svg',
  logoDark: null,
  readme: './README.md',
  formItems: [
    {
      key: 'accessKeyId',
      label: 'AccessKey ID',
      type: 'Text',
      required: true,
      placeholder: 'LTAI…',
      description: 'From Aliyun → AccessKey Management. Use the key of a RAM user with AliyunDysmsFullAccess.',
    },
    {
      key: 'accessKeySecret',
      label: 'AccessKey Secret',
      type: 'Text',
      required: true,
      isConfidential: true,
      description: 'Aliyun shows it once, when the key is made.',
    },
    {
      key: 'signName',
      label: 'Signature name (签名名称)',
      type: 'Text',
      required: true,
      description: 'The name of an approved signature, without the brackets 【】. Every template is sent with it.',
    },
    {
      key: 'templates',
      label: 'Templates',
      type: 'Json',
      required: true,
      defaultValue: requiredUsageTypes.map((usageType) => ({ usageType, templateCode: '' })),
      description:
        'A template code (SMS_…) for each usage type; {"china": "SMS_…", "overseas": "SMS_…"} where one does not fit all numbers. Add "templateParams" when the variable of a template is not called code.',
    },
    {
      key: 'strictPhoneRegionNumberCheck',
      label: 'Strict phone region number check',
      type: 'Switch',
      defaultValue: true,
      description:
        'Decides between "china" and "overseas". On: only numbers with 86 are in mainland China. Off: so is every 11-digit number that starts with 1, which takes in all of the USA and Canada. Turn it off only for users whose numbers were saved without a region code.',
    },
    {
      key: 'endpoint',
      label: 'Endpoint',
      type: 'Text',
      placeholder: defaultEndpoint,
      defaultValue: defaultEndpoint,
      description: 'Where the API is called. Change it only if Aliyun told you to use another host.',
    },
  ],
};
