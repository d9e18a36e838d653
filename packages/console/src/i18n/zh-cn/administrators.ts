import type { administrators as english } from '../en/administrators.ts';
import type { TranslationOf } from '../translation.ts';

/** “管理员”栏目。 */
export const administrators: TranslationOf<typeof english> = {
  navigation: '管理员',
  lead: '可以使用本控制台的人，均拥有全部权限。',
  you: '您',
  fields: { username: '用户名', since: '添加时间', action: '操作' },
  add: {
    open: '添加管理员',
    submit: '添加',
    usernameHelp: '字母、数字、点、短横线、下划线和 @。',
    password: '初始密码',
    done: '管理员已添加。',
  },
  remove: {
    of: '移除 %{username}',
    title: '移除管理员',
    submit: '移除',
    text: '%{username} 将无法再登录控制台，其所有会话会立即结束。',
    done: '管理员已移除。',
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
  },
};
