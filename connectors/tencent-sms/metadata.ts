import { afterwardsItems, type ConnectorMetadata, meaningsIn } from '@sesame/connector-kit';
import { defaultEndpoint, defaultRegion } from './config.ts';
import { refusals } from './refusals.ts';
import sentences from './sentences.zh-CN.json' with { type: 'json' };

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
  translations: { 'zh-CN': { readme: './README.zh-CN.md', meanings: meaningsIn(sentences, refusals), sentences } },
  formItems: [
    {
      key: 'accessKeyId',
      label: 'SecretId',
      type: 'Text',
      required: true,
      placeholder: 'AKID…',
      description: 'API key of a CAM sub-user that has QcloudSMSFullAccess.',
      translations: { 'zh-CN': { description: '拥有 QcloudSMSFullAccess 权限的 CAM 子用户的 API 密钥。' } },
    },
    {
      key: 'accessKeySecret',
      label: 'SecretKey',
      type: 'Text',
      required: true,
      isConfidential: true,
      description: 'Tencent Cloud shows it once, when the key is created.',
      translations: { 'zh-CN': { description: '腾讯云仅在创建密钥时显示一次。' } },
    },
    {
      key: 'sdkAppId',
      label: 'SDK AppID',
      type: 'Text',
      required: true,
      placeholder: '1400006666',
      description: 'In the SMS console under Application Management.',
      translations: { 'zh-CN': { description: '在短信控制台的“应用管理”中查看。' } },
    },
    {
      key: 'signName',
      label: 'Signature',
      type: 'Text',
      description: 'The content of the approved signature, not its id. Needed for numbers in mainland China.',
      translations: {
        'zh-CN': { label: '短信签名', description: '已审核通过的签名内容，而非签名 ID。发送国内短信时必填。' },
      },
    },
    {
      key: 'region',
      label: 'Region',
      type: 'Text',
      defaultValue: defaultRegion,
      placeholder: defaultRegion,
      description: 'Mainland account: ap-guangzhou, ap-beijing or ap-nanjing. International account: ap-singapore.',
      translations: {
        'zh-CN': {
          label: '地域',
          description: '国内站账号：ap-guangzhou、ap-beijing 或 ap-nanjing。国际站账号：ap-singapore。',
        },
      },
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
      translations: {
        'zh-CN': {
          label: '模板',
          description:
            '每种使用类型一个模板。templateCode 即模板 ID（TemplateId）；templateParams 依次指定填入 {1}、{2}… 的内容：code、minutes、application.name。',
        },
      },
    },
    {
      key: 'senderId',
      label: 'Sender ID',
      type: 'Text',
      description: 'Only for numbers outside mainland China, and only if you applied for a Sender ID of your own.',
      translations: { 'zh-CN': { description: '仅用于国际/港澳台短信，且仅在已申请独立 Sender ID 时填写。' } },
    },
    {
      key: 'askForReports',
      label: 'Ask for delivery reports',
      type: 'Select',
      selectItems: [
        { value: '', title: 'No: Tencent Cloud reports them' },
        { value: 'by-number', title: 'Number by number' },
        { value: 'queue', title: 'All that wait (Tencent Cloud has to switch it on)' },
      ],
      description:
        'For a server that Tencent Cloud cannot reach. Number by number takes 20 questions a second; what waits is given once, so that no other program may take it.',
      translations: {
        'zh-CN': {
          label: '主动查询送达状态',
          description:
            '适用于腾讯云无法访问的服务器。by-number：逐个号码查询，每秒最多 20 次；queue：拉取全部待取状态（需联系腾讯云开通），每条仅返回一次，因此不能有其他程序同时拉取。',
        },
      },
    },
    ...afterwardsItems('tellVerified'),
    {
      key: 'endpoint',
      label: 'Endpoint',
      type: 'Text',
      defaultValue: defaultEndpoint,
      placeholder: defaultEndpoint,
      description:
        'Change it only to reach a certain region, for example https://sms.ap-guangzhou.tencentcloudapi.com.',
      translations: {
        'zh-CN': {
          label: '接口地址',
          description: '仅在需要访问指定地域时修改，例如 https://sms.ap-guangzhou.tencentcloudapi.com。',
        },
      },
    },
  ],
};
