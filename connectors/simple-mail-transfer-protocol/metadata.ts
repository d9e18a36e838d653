import { type ConnectorMetadata, type FormItem, mailTemplatesItem } from '@sesame/connector-kit';
import sentences from './sentences.zh-CN.json' with { type: 'json' };

const server: FormItem[] = [
  {
    key: 'host',
    label: 'Host',
    type: 'Text',
    required: true,
    placeholder: 'smtp.example.com',
    translations: { 'zh-CN': { label: '主机' } },
  },
  {
    key: 'port',
    label: 'Port',
    type: 'Number',
    required: true,
    defaultValue: 587,
    description: '587 begins in the clear and goes on encrypted (STARTTLS); 465 is encrypted from the start.',
    translations: {
      'zh-CN': { label: '端口', description: '587 先以明文连接再加密（STARTTLS）；465 从一开始就加密。' },
    },
  },
  {
    key: 'auth',
    label: 'Sign-in',
    type: 'Json',
    required: true,
    isConfidential: true,
    defaultValue: { user: 'your-user', pass: 'your-password' },
    description: 'User and password; {} for a relay that trusts the address of this server; or OAuth 2, see the guide.',
    translations: {
      'zh-CN': {
        label: '身份验证',
        description: '用户名和密码；如果中继服务器信任本服务器的地址，请填写 {}；或使用 OAuth 2，参见指南。',
      },
    },
  },
];

const mail: FormItem[] = [
  {
    key: 'fromEmail',
    label: 'From',
    type: 'Text',
    required: true,
    placeholder: 'Acme <codes@example.com>',
    description: 'The sender: an address that the server lets you send from, with or without a name.',
    translations: { 'zh-CN': { label: '发件人', description: '服务器允许您使用的发件地址，可以带名称。' } },
  },
  {
    key: 'replyTo',
    label: 'Reply to',
    type: 'Text',
    placeholder: 'help@example.com',
    translations: { 'zh-CN': { label: '回复地址' } },
  },
  mailTemplatesItem,
  {
    key: 'customHeaders',
    label: 'Further headers',
    type: 'Json',
    description: 'Headers for every mail, for example what your relay sorts mails by: { "X-Mail-Class": "codes" }.',
    translations: {
      'zh-CN': {
        label: '其他邮件头',
        description: '添加到每封邮件的邮件头，例如中继服务器用于分类的：{ "X-Mail-Class": "codes" }。',
      },
    },
  },
];

const encryption: FormItem[] = [
  {
    key: 'secure',
    label: 'TLS from the start',
    type: 'Switch',
    defaultValue: false,
    description: 'For ports that speak nothing but TLS. Port 465 always does.',
    translations: { 'zh-CN': { label: '从一开始使用 TLS', description: '用于只接受 TLS 的端口。465 端口始终如此。' } },
  },
  {
    key: 'requireTLS',
    label: 'Require STARTTLS',
    type: 'Switch',
    defaultValue: false,
    description:
      'Sends nothing where the server does not offer encryption. With a sign-in that is so in any case, but for a server on this machine.',
    translations: {
      'zh-CN': {
        label: '强制使用 STARTTLS',
        description: '服务器不支持加密时不发送任何内容。需要登录时始终如此，本机上的服务器除外。',
      },
    },
  },
  {
    key: 'ignoreTLS',
    label: 'Ignore STARTTLS',
    type: 'Switch',
    defaultValue: false,
    description:
      'Stays in the clear, the sign-in too, whatever the server offers. Only for a relay in a network of your own.',
    translations: {
      'zh-CN': {
        label: '忽略 STARTTLS',
        description: '无论服务器是否支持加密都使用明文，登录信息也是如此。仅用于您自己网络中的中继服务器。',
      },
    },
  },
  {
    key: 'tls',
    label: 'TLS options',
    type: 'Json',
    isConfidential: true,
    description: 'What Node takes for TLS: { "ca": "-----BEGIN CERTIFICATE-----…" } trusts an authority of your own.',
    translations: {
      'zh-CN': {
        label: 'TLS 选项',
        description: 'Node 的 TLS 选项：{ "ca": "-----BEGIN CERTIFICATE-----…" } 表示信任您自己的证书颁发机构。',
      },
    },
  },
  {
    key: 'servername',
    label: 'Name in the certificate',
    type: 'Text',
    description: 'If it is not the host.',
    translations: { 'zh-CN': { label: '证书中的名称', description: '仅在与主机不同时填写。' } },
  },
];

const connection: FormItem[] = [
  {
    key: 'name',
    label: 'Our name',
    type: 'Text',
    placeholder: 'sesame.example.com',
    description: 'How this server introduces itself (EHLO). Left empty, it is the name of the machine.',
    translations: {
      'zh-CN': { label: '本机名称', description: '本服务器自我介绍时使用的名称（EHLO）。留空则使用本机名称。' },
    },
  },
  {
    key: 'localAddress',
    label: 'Our address',
    type: 'Text',
    description: 'The IP address to send from, where this machine has several.',
    translations: { 'zh-CN': { label: '本机地址', description: '本机有多个 IP 地址时，用于发送的地址。' } },
  },
  ...(
    [
      ['connectionTimeout', 'Time to connect (ms)', '连接时限（毫秒）'],
      ['greetingTimeout', 'Time to greet (ms)', '问候时限（毫秒）'],
      ['socketTimeout', 'Time without an answer (ms)', '无响应时限（毫秒）'],
      ['dnsTimeout', 'Time to look up the host (ms)', 'DNS 查询时限（毫秒）'],
    ] as const
  ).map(
    ([key, label, inChinese]): FormItem => ({
      key,
      label,
      type: 'Number',
      description: 'More than 10000 makes no difference: a person waits for the code.',
      translations: { 'zh-CN': { label: inChinese, description: '超过 10000 没有区别：用户正在等待验证码。' } },
    }),
  ),
  {
    key: 'logger',
    label: 'Log connections',
    type: 'Switch',
    defaultValue: false,
    description: 'Writes to the standard error output what becomes of connections and mails.',
    translations: { 'zh-CN': { label: '记录连接', description: '将连接和邮件的情况写入标准错误输出。' } },
  },
  {
    key: 'debug',
    label: 'Log the dialogue',
    type: 'Switch',
    defaultValue: false,
    description: 'Writes there what both sides say, without secrets, addresses, codes and the mail itself.',
    translations: {
      'zh-CN': { label: '记录对话', description: '同时写入双方的对话，不含密钥、地址、验证码和邮件内容。' },
    },
  },
  ...(['disableFileAccess', 'disableUrlAccess'] as const).map(
    (key): FormItem => ({
      key,
      label: key === 'disableFileAccess' ? 'Disable file access' : 'Disable URL access',
      type: 'Switch',
      defaultValue: true,
      description: 'Always on, whatever is set here: mails are made of the templates alone.',
      translations: {
        'zh-CN': {
          label: key === 'disableFileAccess' ? '禁止访问文件' : '禁止访问 URL',
          description: '无论如何设置始终开启：邮件仅由模板生成。',
        },
      },
    }),
  ),
];

/** What the Console shows of this connector, and its form. */
export const metadata: ConnectorMetadata = {
  id: 'simple-mail-transfer-protocol',
  target: 'smtp',
  platform: null,
  name: { en: 'SMTP', 'zh-CN': 'SMTP' },
  description: {
    en: 'Sends mails through any SMTP server.',
    'zh-CN': '通过任意 SMTP 服务器发送邮件。',
  },
  logo: './logo.svg',
  logoDark: null,
  readme: './README.md',
  translations: { 'zh-CN': { readme: './README.zh-CN.md', sentences } },
  formItems: [...server, ...mail, ...encryption, ...connection],
};
