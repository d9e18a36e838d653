/** What a setting is for, and in words what holds where it is not set. */
export type SettingText = { about: string; defaultWords?: string };

/** The settings in Chinese, by name; the server has them in English. */
export const chineseSettings: Readonly<Record<string, SettingText>> = {
  SESAME_PORT: { about: '监听的端口。托管平台通常会设置 PORT；两者都有时以 SESAME_PORT 为准。' },
  SESAME_HOST: {
    about:
      '监听的地址。默认只有本机可以访问，适合在旁边运行反向代理。0.0.0.0 或 :: 允许其他机器访问；容器需要这样设置，镜像已设置好。',
  },
  SESAME_PUBLIC_URL: {
    about:
      '浏览器和应用访问 Sesame 的地址。Cookie、跳转和 OpenID Connect 的 issuer 都取决于它，请在第一次登录之前设置，之后不要更改。除 localhost 外都应使用 https。',
    defaultWords: 'http://localhost: 加端口',
  },
  SESAME_DATA_DIR: { about: '存放 SQLite 数据库、密钥文件和已安装连接器的文件夹；不存在时会创建。' },
  SESAME_CONNECTORS_DIR: {
    about:
      '存放您自己的连接器的文件夹，与 npx sesame connectors add 安装的连接器并列。每个子文件夹是一个连接器；Sesame 只读取，不写入。',
    defaultWords: '无',
  },
  SESAME_DATABASE_URL: {
    about:
      'PostgreSQL 数据库（14 或更高版本），例如 postgres://sesame:password@localhost:5432/sesame。数据表由 Sesame 自己创建。路径之后的参数与 PostgreSQL 自带程序含义相同：host（名称，或 Unix 套接字所在文件夹）、port、dbname、user、password、target_session_attrs（any、read-write、primary）、sslmode（disable、allow、prefer、require、verify-ca、verify-full；默认 prefer）、sslrootcert（文件，或 system）、sslcert 和 sslkey（文件）、options（-c name=value）、application_name 和 connect_timeout（秒）。另有两个自有参数：schema（数据表所在的模式）和 prepared_statements（true 或 false；默认 true，经过连接池时默认 false）。出现其他参数时无法启动。',
    defaultWords: '无：使用数据文件夹中的 SQLite',
  },
  SESAME_SECRET_KEY: {
    about:
      '用来保护验证码、Cookie 和已存密钥的密钥，例如用 openssl rand -base64 48 生成。使用同一数据库的所有进程必须使用同一个密钥。没有它，已加密存储的内容（连接器配置、签名密钥）就无法再读取。',
    defaultWords: '数据文件夹中的 secret.key 文件，首次启动时创建',
  },
  SESAME_ADMIN_USERNAME: {
    about: '第一位管理员，仅在没有任何管理员时于启动时创建。需要同时设置 SESAME_ADMIN_PASSWORD。',
    defaultWords: '无；启动时会打印创建第一位管理员的链接',
  },
  SESAME_ADMIN_PASSWORD: { about: '这位管理员的密码。有管理员之后，这两项都不再读取。' },
  SESAME_MANAGEMENT_CLIENT_ID: {
    about:
      '可以调用 Management API 的机器对机器应用的 ID：每次启动都会确保其存在。需要同时设置 SESAME_MANAGEMENT_CLIENT_SECRET。',
  },
  SESAME_MANAGEMENT_CLIENT_SECRET: { about: '该应用的密钥。' },
  SESAME_API_INDICATOR: {
    about: '客户端申请 Management API 令牌时，在 resource 中填写的值。',
    defaultWords: '公开地址加 /api',
  },
  SESAME_LOG_LEVEL: { about: '日志记录的最低级别。debug 会为每个请求记一行。' },
  SESAME_TRUSTED_PROXIES: {
    about:
      '其 X-Forwarded-For 可信的反向代理，可带端口和方括号，也可不带。不设置时，按网络计算的限额看到的都是代理的地址。',
    defaultWords: '无',
  },
  SESAME_METRICS_PORT: {
    about: '单独用于 GET /metrics 的端口，格式为 Prometheus，监听地址与 SESAME_HOST 相同。',
    defaultWords: '无：不提供指标',
  },
  SESAME_MESSAGE_RETENTION_DAYS: {
    about: '消息记录保留的天数。记录中有手机号码，但绝没有验证码。0 表示永久保留。',
  },
  SESAME_DNS: {
    about:
      '查询邮件发件域的 SPF、DKIM 和 DMARC 时使用的 DNS 服务器，其他功能不使用。off 表示不查询，适用于无法访问 DNS 的机器。',
    defaultWords: '系统的 DNS 服务器',
  },
  SESAME_PRIVATE_WEBHOOKS: {
    about: '允许 Webhook 发往私有网络和本机。否则只能发往公共互联网，使设置 Webhook 的人无法借 Sesame 访问其后的系统。',
    defaultWords: '无：只能发往公共地址',
  },
  SESAME_FEEDBACK_URL: {
    about: '管理员申请尚缺的连接器的地址，例如项目新建议题的页面。控制台在“自行创建”旁边链接到它。',
    defaultWords: '无：不显示链接',
  },
  NODE_ENV: {
    about:
      '有真实用户登录的地方请设为 production。否则，在没有任何连接器的情况下启动时会启用开发收件箱：它不发送任何内容，并在终端显示每个验证码。在 production 下，由人启用的收件箱只在控制台中显示验证码。',
  },
};
