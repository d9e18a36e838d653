import { type ConnectorMetadata, contentTemplatesItem } from '@sesame/connector-kit';
import { defaultEndpoint } from './config.ts';

/** What the Console shows of this connector, and its form. */
export const metadata: ConnectorMetadata = {
  id: 'aliyun-global-short-message-service',
  target: 'aliyun-sms-global',
  platform: null,
  name: { en: 'Alibaba Cloud SMS (international)', 'zh-CN': '阿里云国际短信' },
  description: {
    en: 'Sends verification codes to phones outside mainland China through Alibaba Cloud, with texts of your own.',
    'zh-CN': '通过阿里云国际短信向中国内地以外的手机发送验证码，短信内容可自定义。',
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
      description: 'From AccessKey Management. Use the key of a RAM user that may only send SMS.',
    },
    {
      key: 'accessKeySecret',
      label: 'AccessKey Secret',
      type: 'Text',
      required: true,
      isConfidential: true,
      description: 'Alibaba Cloud shows it once, when the key is made.',
    },
    {
      key: 'from',
      label: 'Sender ID',
      type: 'Text',
      placeholder: 'Acme',
      description:
        'An approved Sender ID: at most 11 letters and digits, or at most 15 digits. ' +
        'Leave it empty to send from whatever number Alibaba Cloud has for the country.',
    },
    {
      key: 'endpoint',
      label: 'Endpoint',
      type: 'Text',
      placeholder: defaultEndpoint,
      description: 'Only to send through another region, for example https://dysmsapi.eu-central-1.aliyuncs.com.',
    },
    contentTemplatesItem,
  ],
};
