import type { administrators as english } from '../en/administrators.ts';
import type { TranslationOf } from '../translation.ts';

/** “管理员”栏目。 */
export const administrators: TranslationOf<typeof english> = {
  lead: '可以使用本控制台的人及其角色。只有所有者能看到此页。',
  you: '您',
  fields: { username: '用户名', role: '角色', twoStep: '两步登录', since: '添加时间', action: '操作' },
  twoStep: { on: '已开启', off: '未开启' },
  roles: {
    owner: '可以进行所有操作，包括管理管理员和密钥。',
    operator: '可以更改除管理员、应用密钥和签名密钥以外的所有内容。',
    viewer: '只能查看，手机号码会被遮盖且看不到验证码，不能更改任何内容。',
  },
  role: {
    of: '更改角色：%{username}',
    open: '更改角色',
    lead: '%{username} 从现在起的权限。',
    done: '角色已更改。',
  },
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
};
