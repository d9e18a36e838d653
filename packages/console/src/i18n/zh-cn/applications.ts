import type { applications as english } from '../en/applications.ts';
import type { TranslationOf } from '../translation.ts';

/** “应用”栏目。 */
export const applications: TranslationOf<typeof english> = {
  lead: '通过本服务器登录用户，或调用其 API 的程序。',
  back: '返回应用',
  settings: '设置',
  fields: {
    id: '客户端 ID',
    secret: '客户端密钥',
    name: '名称',
    description: '说明',
    type: '类型',
    created: '创建时间',
    redirectUris: '重定向 URI',
    postLogoutRedirectUris: '退出登录后的重定向 URI',
    isAdmin: '可以调用管理 API',
  },
  help: {
    type: '类型创建后不可更改。',
    redirectUris: '登录完成后返回的地址。须完整填写，使用 https；localhost 可用 http。',
    example: '例如 %{uri}。',
    postLogoutRedirectUris: '退出登录后返回的地址。',
    isAdmin: '如果后端只调用您自己的 API，请关闭。仅所有者可以开启。',
    allRights: '包括管理 API 的全部功能：发送验证码，读取和更改用户、设置与应用。',
    noRights: '目前没有任何权限。',
  },
  types: {
    Traditional: {
      name: '传统网站',
      about: '供用户登录，页面由服务器生成，服务器保存密钥。例如 Next.js、Rails 或 PHP。',
    },
    SPA: { name: '单页应用', about: '供用户登录，全部在浏览器中运行。例如 React、Vue 或 Angular。' },
    Native: { name: '原生应用', about: '供用户登录的手机或电脑应用。例如 Swift、Kotlin 或 Flutter。' },
    MachineToMachine: {
      name: '机器对机器',
      about: '无人登录：由后端调用管理 API（例如发送验证码）或您自己的 API。',
    },
  },
  uris: { add: '添加 URI', remove: '移除%{label}' },
  empty: { title: '还没有应用', text: '创建一个应用，用于登录用户，或从您自己的后端发送验证码。' },
  create: {
    open: '创建应用',
    title: '创建应用',
    submit: '创建',
    done: '应用已创建。',
    noType: '请选择应用的类型。',
    noRedirectUri: '请填写登录完成后返回的地址，否则无人能够登录。',
  },
  tokens: {
    title: '令牌',
    lead: '此处的更改对之后签发的令牌生效。',
    seconds_other: '%{count} 秒',
    idTokenTtl: { label: 'ID 令牌有效期（秒）', help: '留空则为一小时。' },
    refreshTokenTtlInDays: {
      label: '刷新令牌有效期（天）',
      help: '最长 180 天，留空则为 14 天。替换后的刷新令牌重新计算有效期。',
    },
    rotateRefreshToken: {
      label: '轮换刷新令牌',
      help: '每次使用刷新令牌都会得到新的令牌，再次使用旧令牌会终止登录。关闭后，被盗的刷新令牌无法被察觉；没有密钥的应用请保持开启。',
    },
    alwaysIssueRefreshToken: {
      label: '始终签发刷新令牌',
      help: '未请求 offline_access 时也签发。这样的刷新令牌在用户退出登录时失效。',
    },
    corsAllowedOrigins: {
      label: 'CORS 来源',
      help: '除重定向 URI 的来源外，还有哪些网页可以调用令牌端点。',
    },
  },
  endpoints: {
    title: '端点',
    issuer: '签发者',
    authorization: '授权端点',
    token: '令牌端点',
    userinfo: '用户信息端点',
    endSession: '结束会话端点',
    managementApi: '管理 API',
    apiIndicator: '请求令牌时的 resource',
  },
  snippet: {
    codes: {
      title: '从命令行发送验证码',
      lead: '将 THE-SECRET 换成密钥，将最后一行的号码换成您自己的，然后在装有 curl 的终端中运行。',
      label: '获取令牌并发送验证码',
    },
    users: {
      title: '从命令行列出用户',
      lead: '将 THE-SECRET 换成密钥，然后在装有 curl 的终端中运行。',
      label: '获取令牌并列出用户',
    },
    read: {
      title: '从命令行列出消息',
      lead: '将 THE-SECRET 换成密钥，然后在装有 curl 的终端中运行。',
      label: '获取令牌并列出消息',
    },
    SPA: {
      title: '从网页登录',
      lead: '一个完整的网页，不需要任何库，放在重定向 URI 的地址上即可。oidc-client-ts 等库使用相同的签发者、客户端 ID 和重定向 URI。',
      label: '可以登录的网页',
    },
    Traditional: {
      title: '从服务器登录',
      lead: '一个完整的 Node 服务器，使用 openid-client 库，从环境变量中读取密钥。',
      label: 'server.mjs',
    },
    Native: {
      title: '从程序登录',
      lead: '一个完整的 Node 程序，使用 openid-client 库。在手机上，AppAuth 使用相同的签发者和客户端 ID，以及您自有方案的重定向 URI。',
      label: 'sign-in.mjs',
    },
    noRedirectUri: '请先将 %{uri} 或您自己的地址添加到上面的重定向 URI 中。',
  },
  secret: {
    title: '客户端密钥',
    lead: '密钥只显示过一次，服务器仅保存其摘要。如已丢失或泄露，请更换。',
    once: '请立即复制密钥，之后不会再显示。',
    kept: '我已保存密钥',
  },
  rotate: {
    open: '更换密钥',
    submit: '更换',
    text: '旧密钥会立即失效。用旧密钥取得的令牌在到期前仍然有效，最长一小时。',
  },
  delete: {
    open: '删除应用',
    lead: '用户将无法再通过它登录，它对 API 的调用也会终止。',
    submit: '删除',
    text: '“%{name}”将被永久删除，它对管理 API 的调用会立即被拒绝。此操作无法撤销。',
    done: '应用已删除。',
  },
  rights: {
    title: '可以做什么',
    lead: '指在管理 API 中。更改立即生效，对已有的访问令牌也是如此。',
    label: '此应用可以',
    all: '做一切，等同于所有者',
    some: '只做其中一部分',
    sentence: '%{part}。',
    scope: {
      codes: '发送并校验验证码',
      users: '读取和更改用户、结束其会话、解锁其号码',
      read: '读取全部内容，密钥和开发收件箱除外',
    },
  },
};
