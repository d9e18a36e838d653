import type { developmentInbox as english } from '../en/development-inbox.ts';
import type { TranslationOf } from '../translation.ts';

/** 开发收件箱收到的短信。 */
export const developmentInbox: TranslationOf<typeof english> = {
  title: '开发收件箱',
  lead: '这里的短信和邮件没有真正发送，而是保留下来供您试用。新消息会自动出现。',
  count_other: '共 %{count, number} 条消息',
  copy: '复制发给 %{recipient} 的验证码 %{code}',
  openMail: '打开邮件',
  unseen: '(%{count}) %{title}',
  user: '查看用户',
  column: {
    time: '时间',
    recipient: '收件人',
    code: '验证码',
    text: '内容',
    usageType: '使用类型',
    locale: '语言',
    id: '消息',
  },
  codeState: { valid: '可以输入', used: '已使用', expired: '已失效' },
  filter: { search: '号码、地址或内容', placeholder: '任意部分' },
  arrival: {
    label: '收到消息时',
    badge: '在标题中显示数量',
    sound: '播放提示音',
    both: '显示数量并播放提示音',
    none: '不提示',
  },
  clear: {
    open: '清空',
    title: '要清空收件箱吗？',
    text: '此处的所有消息都将被清除。已发送的验证码仍然有效，消息记录也会保留。',
    confirm: '清空收件箱',
  },
  empty: {
    title: '暂无消息',
    text: '请在您的应用中请求验证码，或在连接器中发送测试消息。它会在两秒内出现在这里。',
    next: '打开连接器并发送测试消息',
  },
  otherLive: {
    title: '正在使用 %{name}',
    text: '消息通过 %{name} 发送给真实收件人，因此不会出现在这里。如需试用而不真正发送，请将开发收件箱设为正在使用的连接器。',
    messages: '查看已发送的消息',
    connector: '打开 %{name}',
  },
  noConnector: {
    title: '未设置连接器',
    text: '验证码既无法发送，也无法显示在这里。请设置开发收件箱来试用。',
    next: '选择连接器',
  },
};
