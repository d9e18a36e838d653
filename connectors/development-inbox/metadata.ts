import { type Channel, type ConnectorMetadata, defaultContentTemplates, defaultMails } from '@sesame/connector-kit';

/** What the Console shows of the connector of each channel, and its form. */
export const metadataOf: Record<Channel, ConnectorMetadata> = {
  Sms: metadataFor({
    id: 'development-inbox',
    name: { en: 'Development inbox', 'zh-CN': '开发收件箱' },
    description: {
      en: 'Sends nothing to phones: messages show up here and in the terminal. For trying things out.',
      'zh-CN': '不会向手机发送短信：消息显示在控制台和终端中，仅供试用。',
    },
    templates: defaultContentTemplates,
  }),
  Email: metadataFor({
    id: 'development-inbox-email',
    name: { en: 'Development inbox for email', 'zh-CN': '开发收件箱（邮件）' },
    description: {
      en: 'Sends nothing to mailboxes: mails show up here and in the terminal. For trying things out.',
      'zh-CN': '不会向邮箱发送邮件：邮件显示在控制台和终端中，仅供试用。',
    },
    templates: defaultMails,
  }),
};

function metadataFor({
  templates,
  ...texts
}: Pick<ConnectorMetadata, 'id' | 'name' | 'description'> & { templates: unknown }): ConnectorMetadata {
  return {
    ...texts,
    target: 'development-inbox',
    platform: null,
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
        defaultValue: templates,
        description: 'The texts, with {{code}} where the code goes. They carry over to the connector you choose later.',
        translations: {
          'zh-CN': {
            label: '模板',
            description: '消息内容，{{code}} 为验证码所在位置。之后选择的连接器会沿用这些模板。',
          },
        },
      },
    ],
    isDemo: true,
  };
}
