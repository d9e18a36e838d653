import type { resources as english } from '../en/resources.ts';
import type { TranslationOf } from '../translation.ts';

/** “API 资源”栏目。 */
export const resources: TranslationOf<typeof english> = {
  lead: '您自己的 API。应用使用本服务器签发的访问令牌调用，API 自行验证令牌。',
  back: '返回 API 资源',
  settings: '设置',
  default: '默认',
  fields: { name: '名称', indicator: '标识', accessTokenTtl: '访问令牌有效期（秒）' },
  help: {
    default: '客户端未指明 API 时，令牌用于此资源。最多只有一个。',
    indicator: '应用请求令牌时使用的 URI，也是令牌的受众（audience）。创建后不可更改。',
    accessTokenTtl: '已签发的令牌无法收回，请设置得短一些：客户端会自动续期。',
    scopeName: '应用请求时使用的名称，不含空格。',
    machinesOnly: '不勾选时，任何应用的任何用户请求后都可获得。',
  },
  create: { open: '创建 API 资源', title: '创建 API 资源', submit: '创建', done: 'API 资源已创建。' },
  indicator: {
    title: '请求方式',
    lead: '应用在登录用户和请求令牌时，以 resource 参数发送此标识，须逐字一致。',
    own: '只有获准调用的机器对机器应用才能获得本服务器 API 的令牌，不可更改。',
  },
  scopes: {
    title: '权限范围',
    lead: '应用可以请求的操作。权限范围限制的是应用，而不是用户：API 仍须检查数据属于谁。',
    empty: '还没有权限范围。没有时，令牌只说明调用者是谁。',
    name: '权限范围',
    description: '说明',
    action: '操作',
    machinesOnly: '仅限机器对机器应用',
    create: { open: '添加权限范围', title: '添加权限范围', submit: '添加', done: '权限范围已添加。' },
    delete: {
      of: '删除 %{name}',
      title: '删除权限范围',
      submit: '删除',
      text: '新的令牌不再包含 %{name}，已签发的令牌在过期前仍包含。',
      done: '权限范围已删除。',
    },
  },
  snippet: {
    title: '在 API 中验证令牌',
    lead: '一个完整的 Node 服务器，使用 jose 库。其他 JWT 库使用相同的签发者、受众和公钥即可。',
  },
  delete: {
    open: '删除 API 资源',
    lead: '应用不再能获得它的令牌。',
    submit: '删除',
    text: '%{name} 及其权限范围将被永久删除。已签发的令牌在过期前仍然有效。',
    done: 'API 资源已删除。',
  },
};
