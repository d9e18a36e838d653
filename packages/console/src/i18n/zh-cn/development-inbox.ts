import type { developmentInbox as english } from '../en/development-inbox.ts';
import type { TranslationOf } from '../translation.ts';

/** 开发收件箱收到的短信。 */
export const developmentInbox: TranslationOf<typeof english> = {
  navigation: '开发收件箱',
  title: '开发收件箱',
  lead: '这里的短信没有发送到手机，而是保留下来供您试用。新短信会自动出现。',
  count_other: '共 %{count} 条短信',
  copy: '复制发给 %{phone} 的验证码 %{code}',
  empty: {
    title: '暂无短信',
    text: '请在您的应用中请求验证码，或在连接器中发送测试短信。它会在两秒内出现在这里。',
    next: '打开连接器并发送测试短信',
  },
  otherLive: {
    title: '正在使用 %{name}',
    text: '短信通过 %{name} 发送到真实手机，因此不会出现在这里。如需试用而不真正发送，请将开发收件箱设为正在使用的连接器。',
    messages: '查看已发送的短信',
    connector: '打开 %{name}',
  },
  noConnector: {
    title: '未设置连接器',
    text: '验证码既无法发送，也无法显示在这里。请设置开发收件箱来试用。',
    next: '选择连接器',
  },
};
