import { commonItems, shownOnce } from '@sesame/connector-aliyun-sms/metadata';
import { refusals as refusalsOfGateway } from '@sesame/connector-aliyun-sms/refusals';
import sentencesOfGateway from '@sesame/connector-aliyun-sms/sentences' with { type: 'json' };
import { afterwardsItems, type ConnectorMetadata, contentTemplatesItem, meaningsIn } from '@sesame/connector-kit';
import { defaultEndpoint } from './config.ts';
import { refusals } from './refusals.ts';
import ownSentences from './sentences.zh-CN.json' with { type: 'json' };

const sentences = { ...sentencesOfGateway, ...ownSentences };

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
  translations: {
    'zh-CN': { readme: './README.zh-CN.md', meanings: meaningsIn(sentences, refusalsOfGateway, refusals), sentences },
  },
  formItems: [
    {
      ...commonItems.accessKeyId,
      description: 'From AccessKey Management. Use the key of a RAM user that may only send SMS.',
      translations: {
        'zh-CN': { description: '在“AccessKey 管理”中获取。请使用仅有短信发送权限的 RAM 用户的 AccessKey。' },
      },
    },
    {
      ...commonItems.accessKeySecret,
      description: 'Alibaba Cloud shows it once, when the key is made.',
      translations: shownOnce,
    },
    {
      key: 'from',
      label: 'Sender ID',
      type: 'Text',
      placeholder: 'Acme',
      description:
        'An approved Sender ID: at most 11 letters and digits, or at most 15 digits. ' +
        'Leave it empty to send from whatever number Alibaba Cloud has for the country.',
      translations: {
        'zh-CN': {
          label: '发送方标识（Sender ID）',
          description:
            '已审核通过的 Sender ID：最多 11 位字母和数字，或最多 15 位数字。留空则使用阿里云在当地的可用号码发送。',
        },
      },
    },
    ...afterwardsItems('askForReports', 'tellVerified'),
    {
      key: 'endpoint',
      label: 'Endpoint',
      type: 'Text',
      placeholder: defaultEndpoint,
      description: 'Only to send through another region, for example https://dysmsapi.eu-central-1.aliyuncs.com.',
      translations: {
        'zh-CN': {
          label: '服务接入点（Endpoint）',
          description: '仅在需要通过其他地域发送时填写，例如 https://dysmsapi.eu-central-1.aliyuncs.com。',
        },
      },
    },
    contentTemplatesItem,
  ],
};
