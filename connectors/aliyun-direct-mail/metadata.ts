import { commonItems, shownOnce } from '@sesame/connector-aliyun-sms/metadata';
import { refusals as refusalsOfGateway } from '@sesame/connector-aliyun-sms/refusals';
import sentencesOfGateway from '@sesame/connector-aliyun-sms/sentences' with { type: 'json' };
import { type ConnectorMetadata, mailTemplatesItem, meaningsIn } from '@sesame/connector-kit';
import { defaultRegionId, regions } from './config.ts';
import { refusals } from './refusals.ts';
import ownSentences from './sentences.zh-CN.json' with { type: 'json' };

const sentences = { ...sentencesOfGateway, ...ownSentences };

/** What the Console shows of this connector, and its form. */
export const metadata: ConnectorMetadata = {
  id: 'aliyun-direct-mail',
  target: 'aliyun-dm',
  platform: null,
  name: { en: 'Aliyun Direct Mail', 'zh-CN': '阿里云邮件推送' },
  description: {
    en: 'Sends verification codes as mails through Aliyun (Alibaba Cloud) Direct Mail.',
    'zh-CN': '通过阿里云邮件推送以邮件发送验证码。',
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
      description: 'From AccessKey Management. Use the key of a RAM user that may only send mails.',
      translations: {
        'zh-CN': { description: '在“AccessKey 管理”中获取。请使用仅有邮件推送权限的 RAM 用户的 AccessKey。' },
      },
    },
    {
      ...commonItems.accessKeySecret,
      description: 'Aliyun shows it once, when the key is made.',
      translations: shownOnce,
    },
    {
      key: 'regionId',
      label: 'Region',
      type: 'Select',
      defaultValue: defaultRegionId,
      selectItems: Object.entries(regions).map(([value, { title }]) => ({ value, title })),
      description: 'Where the sender address is set up.',
      translations: { 'zh-CN': { label: '地域', description: '设置发信地址的地域。' } },
    },
    {
      key: 'accountName',
      label: 'Sender address',
      type: 'Text',
      required: true,
      placeholder: 'codes@mail.example.com',
      description: 'A verified sender address of the type for triggered mails.',
      translations: { 'zh-CN': { label: '发信地址', description: '已验证的、类型为触发邮件的发信地址。' } },
    },
    {
      key: 'fromAlias',
      label: 'Name of the sender',
      type: 'Text',
      placeholder: 'Acme',
      description: 'At most 15 characters.',
      translations: { 'zh-CN': { label: '发信人昵称', description: '最多 15 个字符。' } },
    },
    {
      key: 'endpoint',
      label: 'Endpoint',
      type: 'Text',
      placeholder: regions[defaultRegionId].endpoint,
      description: 'Left empty, it follows from the region.',
      translations: { 'zh-CN': { label: '服务接入点（Endpoint）', description: '留空则由地域决定。' } },
    },
    mailTemplatesItem,
  ],
};
