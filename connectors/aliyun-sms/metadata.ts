import {
  afterwardsItems,
  type ConnectorMetadata,
  type FormItem,
  meaningsIn,
  requiredUsageTypes,
} from '@sesame/connector-kit';
import { defaultEndpoint } from './config.ts';
import { refusals, throttling } from './refusals.ts';
import sentences from './sentences.zh-CN.json' with { type: 'json' };

/** What the fields have in common that the connectors for Aliyun share: their keys, their names, how they are kept. */
export const commonItems = {
  accessKeyId: { key: 'accessKeyId', label: 'AccessKey ID', type: 'Text', required: true, placeholder: 'LTAI…' },
  accessKeySecret: {
    key: 'accessKeySecret',
    label: 'AccessKey Secret',
    type: 'Text',
    required: true,
    isConfidential: true,
  },
} satisfies Record<string, FormItem>;

/** The description of the AccessKey Secret in other languages. */
export const shownOnce = { 'zh-CN': { description: '阿里云仅在创建 AccessKey 时显示一次。' } };

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
  translations: {
    'zh-CN': {
      readme: './README.zh-CN.md',
      meanings: meaningsIn(sentences, refusals, [['Throttling', throttling]]),
      sentences,
    },
  },
  formItems: [
    {
      ...commonItems.accessKeyId,
      description: 'From Aliyun → AccessKey Management. Use the key of a RAM user with AliyunDysmsFullAccess.',
      translations: {
        'zh-CN': {
          description:
            '在阿里云控制台的“AccessKey 管理”中获取。请使用已授予 AliyunDysmsFullAccess 权限的 RAM 用户的 AccessKey。',
        },
      },
    },
    {
      ...commonItems.accessKeySecret,
      description: 'Aliyun shows it once, when the key is made.',
      translations: shownOnce,
    },
    {
      key: 'signName',
      label: 'Signature name (签名名称)',
      type: 'Text',
      required: true,
      description: 'The name of an approved signature, without the brackets 【】. Every template is sent with it.',
      translations: {
        'zh-CN': { label: '签名名称', description: '已审核通过的签名名称，不含【】。所有模板均使用此签名发送。' },
      },
    },
    {
      key: 'templates',
      label: 'Templates',
      type: 'Json',
      required: true,
      defaultValue: requiredUsageTypes.map((usageType) => ({ usageType, templateCode: '' })),
      description:
        'A template code (SMS_…) for each usage type; {"china": "SMS_…", "overseas": "SMS_…"} where one does not fit all numbers. Add "templateParams" when the variable of a template is not called code.',
      translations: {
        'zh-CN': {
          label: '模板',
          description:
            '为每种使用类型填写模板 CODE（SMS_…）；如一个模板不适用于所有号码，请填写 {"china": "SMS_…", "overseas": "SMS_…"}。如模板的变量名不是 code，请添加 "templateParams"。',
        },
      },
    },
    {
      key: 'strictPhoneRegionNumberCheck',
      label: 'Strict phone region number check',
      type: 'Switch',
      defaultValue: true,
      description:
        'Decides between "china" and "overseas". On: only numbers with 86 are in mainland China. Off: so is every 11-digit number that starts with 1, which takes in all of the USA and Canada. Turn it off only for users whose numbers were saved without a region code.',
      translations: {
        'zh-CN': {
          label: '严格校验号码的国家/地区码',
          description:
            '决定使用 "china" 还是 "overseas" 模板。开启：仅将带 86 的号码视为中国内地号码。关闭：以 1 开头的 11 位号码也视为中国内地号码，美国和加拿大的所有号码都会包含在内。仅当用户号码保存时未带国家/地区码时才关闭。',
        },
      },
    },
    ...afterwardsItems('askForReports', 'tellVerified'),
    {
      key: 'endpoint',
      label: 'Endpoint',
      type: 'Text',
      placeholder: defaultEndpoint,
      defaultValue: defaultEndpoint,
      description: 'Where the API is called. Change it only if Aliyun told you to use another host.',
      translations: {
        'zh-CN': {
          label: '服务接入点（Endpoint）',
          description: '调用 API 的地址。除非阿里云要求您使用其他域名，否则请勿修改。',
        },
      },
    },
  ],
};
