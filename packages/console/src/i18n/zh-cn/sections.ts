import type { sections as english } from '../en/sections.ts';
import type { TranslationOf } from '../translation.ts';

/** What the sections are called, in the navigation and above their pages. */
export const sections: TranslationOf<typeof english> = {
  account: '您的账号',
  administrators: '管理员',
  applications: '应用',
  auditLog: '审计日志',
  connectors: '连接器',
  developmentInbox: '开发收件箱',
  messages: '消息记录',
  overview: '概览',
  protection: '防护',
  resources: 'API 资源',
  settings: '设置',
  signInExperience: '登录体验',
  users: '用户',
  webhooks: 'Webhook 通知',
};
