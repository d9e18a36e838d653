import type { ConnectorMetadata } from '@sesame/connector-kit';
import { defaultEndpoint, defaultRegion } from './config.ts';

/** How the connector shows up in the Console; the keys of the form are those of Logto's connector, and two more. */
export const metadata: ConnectorMetadata = {
  id: 'tencent-short-message-service',
  target: 'tencent-sms',
  platform: null,
  name: { en: 'Tencent Cloud SMS', 'zh-CN': '腾讯云短信' },
  description: {
    en: 'Sends verification codes through Tencent Cloud SMS, to mainland China and abroad.',
    'zh-CN': '通过腾讯云短信发送验证码，支持国内短信和国际/港澳台短信。',
  },
  logo: './logo.svg',
  logoDark: null,
  readme: './README.md',
  formItems: [
    {
      key: 'accessKeyId',
      label: 'SecretId',
      type: 'Text',
      required: true,
      placeholder: 'AKID…',
      description: 'API key of a CAM sub-user that has QcloudSMSFullAccess.',
    },
    {
      key: 'accessKeySecret',
      label: 'SecretKey',
      type: 'Text',
      required: true,
      isConfidential: true,
      description: 'Tencent Cloud shows it once, when the key is created.',
    },
    {
      key: 'sdkAppId',
      label: 'SDK AppID',
      type: 'Text',
      required: true,
      placeholder: '1400006666',
      description: 'In the SMS console under Application Management.',
    },
    {
      key: 'signName',
      label: 'Signature',
      type: 'Text',
      description: 'The content of the approved signature, not its id. Needed for numbers in mainland China.',
    },
    {
      key: 'region',
      label: 'Region',
      type: 'Text',
      defaultValue: defaultRegion,
      placeholder: defaultRegion,
      description: 'Mainland account: ap-guangzhou, ap-beijing or ap-nanjing. International account: ap-singapore.',
    },
    {
      key: 'templates',
      label: 'Templates',
      type: 'Json',
      required: true,
      description:
        'One template for each usage type. templateCode is the TemplateId; templateParams names what goes into {1}, {2}…: code, minutes, application.name.',
      defaultValue: ['SignIn', 'Register', 'ForgotPassword', 'Generic'].map((usageType) => ({
        usageType,
        templateCode: '',
        templateParams: ['code'],
      })),
    },
    {
      key: 'senderId',
      label: 'Sender ID',
      type: 'Text',
      description: 'Only for numbers outside mainland China, and only if you applied for a Sender ID of your own.',
    },
    {
      key: 'endpoint',
      label: 'Endpoint',
      type: 'Text',
      defaultValue: defaultEndpoint,
      placeholder: defaultEndpoint,
      description:
        'Change it only to reach a certain region, for example https://sms.ap-guangzhou.tencentcloudapi.com.',
    },
  ],
};
