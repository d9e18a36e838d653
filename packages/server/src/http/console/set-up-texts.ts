import { type Html, html } from '@sesame/pages';
import type { PasswordRule } from '../../accounts/password-rules/new-password.ts';
import type { ConsoleLanguage } from './console-language.ts';

const english = {
  title: 'Set up Sesame',
  lead: 'Create the first administrator of this server. The link that brought you here works once.',
  errorTitle: (title: string) => `Error: ${title}`,
  notCreated: 'The administrator was not created. Please look at the marked fields.',
  username: 'Username',
  usernameHint: 'Letters, digits, dots, dashes, underscores and @.',
  password: 'Password',
  passwordHint: '8 to 256 characters. A few words in a row are easy to remember and hard to guess.',
  repeated: 'Password, once more',
  notRepeated: 'The two passwords are not the same.',
  fillIn: 'Fill this in.',
  wantsCredentials: 'Create API credentials now',
  credentialsHint:
    'A client id and a secret with which your back end calls the Management API. They are shown once, on the next page.',
  create: 'Create administrator',
  closed: 'This link does not work',
  closedLead:
    'A set-up link works once, until the server is started again. This one was used, was replaced by a newer one, or was not copied whole.',
  whatToDo: 'What to do',
  lookForNewest:
    'If there is no administrator yet, look for the newest link in the output of the server. Each start without an administrator prints one.',
  findOut:
    'If somebody else has used the link and you did not expect that, stop the server and find out who had access to its output.',
  done: 'Sesame is set up',
  isAdministrator: (name: Html) =>
    html`${name} is now the administrator of this server. The link that brought you here no longer works.`,
  credentialsFailed:
    'The API credentials could not be created; the log of the server says why. The administrator was created.',
  next: 'What to do next',
  keepPassword: (name: Html) => html`Keep the password of ${name} in a password manager.`,
  toConsole: (link: (text: string) => Html) =>
    html`Sign in to the ${link('Console')} and set up an SMS connector there.`,
  onToConsole: (link: (text: string) => Html) =>
    html`Go on to the ${link('Console')}, where you are signed in already, and set up an SMS connector there.`,
  createApplication: 'Where your back end is to call the Management API, create an application for it in the Console.',
  sendCode: (call: Html) => html`Send a first code with ${call}.`,
  reference: (link: (text: string) => Html) => html`All operations are in the ${link('reference of the API')}.`,
  credentials: 'API credentials',
  copyNow: 'Copy the secret now: it is not shown again.',
  clientId: 'Client id',
  clientSecret: 'Client secret',
  copy: (what: string) => `Copy ${what.charAt(0).toLowerCase()}${what.slice(1)}`,
  copied: 'Copied',
  command: 'Command',
  getToken: 'Get an access token:',
  callApi: 'Call the Management API with it:',
};

const chinese: typeof english = {
  title: '设置 Sesame',
  lead: '创建本服务器的第一位管理员。带您来到此页的链接只能使用一次。',
  errorTitle: (title) => `错误：${title}`,
  notCreated: '管理员未创建，请查看标出的栏目。',
  username: '用户名',
  usernameHint: '可用字母、数字、点、短横线、下划线和 @。',
  password: '密码',
  passwordHint: '8 至 256 个字符。几个词连在一起既好记又难猜。',
  repeated: '再次输入密码',
  notRepeated: '两次输入的密码不一致。',
  fillIn: '请填写此项。',
  wantsCredentials: '立即创建 API 凭据',
  credentialsHint: '供您的后端调用管理 API 的客户端 ID 和密钥，只在下一页显示一次。',
  create: '创建管理员',
  closed: '此链接无效',
  closedLead: '设置链接在服务器重新启动之前只能使用一次。此链接已被使用、已被更新的链接取代，或没有完整复制。',
  whatToDo: '怎么办',
  lookForNewest: '如果还没有管理员，请在服务器的输出中查找最新的链接。没有管理员时，每次启动都会打印一个。',
  findOut: '如果有人使用了该链接而您并不知情，请停止服务器，并查明谁能看到它的输出。',
  done: 'Sesame 已设置完成',
  isAdministrator: (name) => html`${name} 现在是本服务器的管理员。带您来到此页的链接已失效。`,
  credentialsFailed: 'API 凭据未能创建，原因见服务器日志。管理员已创建。',
  next: '接下来',
  keepPassword: (name) => html`请将 ${name} 的密码保存在密码管理器中。`,
  toConsole: (link) => html`登录${link('控制台')}，并在其中设置短信连接器。`,
  onToConsole: (link) => html`前往${link('控制台')}（您已登录），并在其中设置短信连接器。`,
  createApplication: '如果您的后端要调用管理 API，请在控制台中为它创建一个应用。',
  sendCode: (call) => html`用 ${call} 发送第一个验证码。`,
  reference: (link) => html`所有操作见 ${link('API 参考')}。`,
  credentials: 'API 凭据',
  copyNow: '请立即复制密钥，之后不会再显示。',
  clientId: '客户端 ID',
  clientSecret: '客户端密钥',
  copy: (what) => `复制${what}`,
  copied: '已复制',
  command: '命令',
  getToken: '获取访问令牌：',
  callApi: '用它调用管理 API：',
};

/** What the set-up pages say, by language. */
export const setUpTexts: Record<ConsoleLanguage, typeof english> = { en: english, 'zh-CN': chinese };

/** What is wrong with a username or a password, where the server's own sentence is not in the language. */
export const setUpProblems: Partial<
  Record<ConsoleLanguage, { username: string } & Partial<Record<PasswordRule, string>>>
> = {
  'zh-CN': {
    username: '请使用字母、数字、点、短横线、下划线或 @，最多 128 个字符。',
    too_short: '请至少使用 8 个字符。',
    too_long: '请最多使用 256 个字符。',
    pwned: '这是最常见的密码之一，请换一个不易被猜到的密码。',
    'restricted.repetition': '请不要重复同一个字符。',
    'restricted.sequence': '请不要使用简单的连续序列，例如 12345678。',
    'restricted.user_info': '密码不能与用户名相同。',
  },
};
