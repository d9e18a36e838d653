import { type ConnectorMetadata, defaultContentTemplates } from '@sesame/connector-kit';

/** What the Console shows of this connector, and its form. */
export const metadata: ConnectorMetadata = {
  id: 'development-inbox',
  target: 'development-inbox',
  platform: null,
  name: { en: 'Development inbox', 'zh-CN': '开发收件箱' },
  description: {
    en: 'Sends nothing to phones: messages show up here and in the terminal. For trying things out.',
    'zh-CN': '不会向手机发送短信：消息显示在控制台和终端中，仅供试用。',
  },
  logo: './logo.svg',
  logoDark: null,
  readme: './README.md',
  translations: { 'zh-CN': { readme: './README.zh-CN.md' } },
  formItems: [
    {
      key: 'templates',
      label: 'Templates',
      type: 'Json',
      required: false,
      defaultValue: defaultContentTemplates,
      description: 'The texts, with {{code}} where the code goes. They carry over to the connector you choose later.',
      translations: {
        'zh-CN': {
          label: '模板',
          description: '短信内容，{{code}} 为验证码所在位置。之后选择的连接器会沿用这些模板。',
        },
      },
    },
  ],
  isDemo: true,
};
