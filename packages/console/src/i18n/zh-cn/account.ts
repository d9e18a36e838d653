import type { account as english } from '../en/account.ts';
import type { TranslationOf } from '../translation.ts';

/** “您的账号”栏目。 */
export const account: TranslationOf<typeof english> = {
  may: {
    owner: '您已登录为 %{username}。作为所有者，您可以进行所有操作。',
    operator: '您已登录为 %{username}。作为操作员，您可以更改除管理员、应用密钥和签名密钥以外的所有内容。',
    viewer:
      '您已登录为 %{username}。作为查看者，您只能查看，手机号码会被遮盖且看不到验证码，不能更改任何内容。所有者可以为您更改角色。',
  },
  password: {
    title: '您的密码',
    lead: '更改密码后，您在其他浏览器中的会话会结束。',
    open: '更改密码',
    current: '当前密码',
    new: '新密码',
    done: '您的密码已更改。',
  },
  sessions: {
    title: '您的会话',
    lead: '您已登录的位置。如有不认识的会话，请结束它并更改密码。',
    begun: '开始于',
    expires: '结束于',
    current: '当前浏览器',
    end: '结束会话',
    endOf: '结束会话：%{time}',
    ended: '会话已结束。',
    endOthers: '结束所有其他会话',
    othersEnded: '所有其他会话已结束。',
  },
  twoStep: {
    title: '两步登录',
    lead: '手机上的应用每半分钟显示一个新的代码，输入密码后还需输入它。仅知道您密码的人无法登录。',
    open: '设置两步登录',
    on: '开启于',
    codesLeft_other: '还剩 %{count} 个恢复代码。',
    passwordLead: '请先输入您的密码，以免他人替您设置。',
    next: '下一步',
    scan: '用身份验证器应用扫描此二维码，或在应用中输入密钥，然后输入应用显示的代码。',
    qrCode: '供身份验证器应用扫描的二维码，内含下方的密钥',
    secret: '密钥',
    submit: '开启',
  },
  recoveryCodes: {
    open: '重新生成恢复代码',
    title: '您的恢复代码',
    once: '请立即复制，之后不会再显示。',
    lead: '手机丢失时，每个恢复代码可代替一次代码。请将它们保存在手机以外的地方。',
    codes: '恢复代码',
    kept: '我已保存',
    renewLead: '剩余的恢复代码将失效。',
  },
  turnOff: {
    open: '关闭两步登录',
    lead: '关闭后仅凭密码即可登录。如果手机不在身边，可用恢复代码代替代码。',
    done: '两步登录已关闭。',
  },
};
