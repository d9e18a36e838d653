import type { users as english } from '../en/users.ts';
import type { TranslationOf } from '../translation.ts';

/** “用户”栏目。 */
export const users: TranslationOf<typeof english> = {
  navigation: '用户',
  lead: '使用本服务登录的人。',
  back: '用户',
  total_other: '共 %{count} 位用户',
  never: '从未',
  suspended: '已停用',
  details: '资料',
  facts: '关于此用户',
  search: { label: '搜索', placeholder: '姓名、用户名、手机号码或 ID' },
  empty: { title: '还没有用户', text: '用户注册后会显示在这里。您也可以手动创建。' },
  filter: { access: '登录权限', active: '正常' },
  fields: {
    user: '用户',
    id: 'ID',
    name: '姓名',
    username: '用户名',
    primaryPhone: '手机号码',
    lastSignIn: '上次登录',
    created: '创建时间',
    customData: '自定义数据',
  },
  help: {
    name: '对此人的称呼，可使用任意字符。',
    username: '字母、数字和下划线，不能以数字开头，区分大小写。',
    primaryPhone: '须带国家代码，例如 +8613800138000。',
  },
  create: {
    open: '创建用户',
    title: '创建用户',
    submit: '创建',
    password: '密码（可稍后设置）',
    done: '用户已创建。',
  },
  access: {
    title: '访问',
    hasPassword: '此用户已设置密码。',
    noPassword: '此用户没有密码。',
    isSuspended: '此用户已停用，无法登录。',
    suspendHelp: '停用的用户无法登录，数据不会被删除。',
    suspend: '停用',
    resume: '恢复登录',
    suspendDone: '用户已停用。',
    resumeDone: '用户可以重新登录。',
  },
  password: {
    rules: '长度须符合密码规则。用户自己选择的密码须符合全部规则。',
    set: '设置密码',
    replace: '设置新密码',
    label: '新密码',
    lead: '新密码将取代原有密码。请通过可信的方式告知本人。',
    done: '密码已设置。',
  },
  delete: {
    open: '删除用户',
    submit: '删除',
    text: '%{name} 及其所有数据将被永久删除，无法恢复。',
    done: '用户已删除。',
  },
};
