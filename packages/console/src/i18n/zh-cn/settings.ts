import type { settings as english } from '../en/settings.ts';
import type { TranslationOf } from '../translation.ts';

/** 服务器的启动设置与状况。 */
export const settings: TranslationOf<typeof english> = {
  title: '设置',
  lead: '本服务器的版本、状况及启动设置。设置项均为环境变量：请在启动服务器的地方修改，然后重新启动。',
  server: '服务器',
  fact: {
    version: '版本',
    node: 'Node.js',
    startedAt: '启动时间',
    readiness: '健康检查',
    database: '数据库',
    size: '数据库大小',
    rows: '行数（约）',
    signingKey: '签名密钥',
    keySince: '启用于',
  },
  readiness: {
    ok: '正常：数据库有响应且可写入。',
    failing: '异常：数据库没有响应或无法写入。原因见服务器日志。',
  },
  table: {
    users: '用户',
    messages: '消息记录',
    audit_log: '审计日志',
    oidc_models: '会话与令牌',
    sign_in_flows: '进行中的登录',
  },
  variables: {
    title: '设置项',
    lead: '密钥从不显示，网址只显示其指向的位置。',
    secret: '已设置，不显示',
    none: '无',
  },
  source: { set: '已设置', alias: '由其他变量设置', default: '默认' },
};
