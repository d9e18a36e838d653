import type { FormItem } from './connector.ts';

const items = {
  askForReports: {
    label: 'Ask for delivery reports',
    defaultValue: false,
    description:
      'For a server that the provider cannot reach: it is asked what became of a message after 20 seconds, a minute, five minutes, an hour and a day, until it knows or the code was typed in.',
    chinese: {
      label: '主动查询送达状态',
      description:
        '适用于服务商无法访问的服务器：分别在发送后 20 秒、1 分钟、5 分钟、1 小时和 1 天查询短信状态，直到得知结果或验证码已被输入。',
    },
  },
  askForPrices: {
    label: 'Ask for prices',
    defaultValue: true,
    description:
      'The provider says what a message cost only when asked, some minutes later: one more request for a message. Until then, and without it, costs are estimated.',
    chinese: {
      label: '查询价格',
      description: '服务商仅在发送数分钟后被查询时才告知短信费用：每条短信多一次请求。在此之前或关闭时，费用为估算值。',
    },
  },
  tellVerified: {
    label: 'Tell which codes were typed in',
    defaultValue: false,
    description:
      'Tells the provider for which messages the code was typed in, some minutes later, so that it can judge its routes and find fraud.',
    chinese: {
      label: '反馈已输入的验证码',
      description: '在数分钟后告知服务商哪些短信的验证码已被输入，以便其评估通道质量并发现欺诈。',
    },
  },
} as const;

/** The switches of a form for what is asked and told the provider after messages went out. */
export const afterwardsItems = (...keys: (keyof typeof items)[]): FormItem[] =>
  keys.map((key) => {
    const { chinese, ...item } = items[key];
    return { key, type: 'Switch', ...item, translations: { 'zh-CN': chinese } };
  });
