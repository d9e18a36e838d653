import type { auditLog as english } from '../en/audit-log.ts';
import type { TranslationOf } from '../translation.ts';

/** 管理员和应用所做的更改。 */
export const auditLog: TranslationOf<typeof english> = {
  navigation: '审计日志',
  title: '审计日志',
  lead: '管理员和应用所做的更改。记录保留 400 天，其中不含任何密钥。',
  column: { time: '时间', actor: '操作者', action: '操作', subject: '对象' },
  actor: { administrator: '管理员', application: '应用' },
  empty: {
    title: '此处没有记录',
    text: '在控制台中以及通过管理 API 所做的每项更改都会显示在此列表中。',
    next: '前往连接器',
    first: '查看最新记录',
  },
  action: {
    administratorChangePassword: '更改了自己的密码',
    administratorCreate: '添加了管理员',
    administratorDelete: '移除了管理员',
    administratorEndSession: '结束了一个会话',
    administratorSignIn: '登录',
    administratorSignOut: '退出登录',
    applicationCreate: '创建了应用',
    applicationDelete: '删除了应用',
    applicationRotateSecret: '更换了应用密钥',
    applicationUpdate: '更改了应用',
    connectorDelete: '删除了连接器',
    connectorForget: '删除了以前的连接器',
    connectorRestore: '恢复了以前的连接器',
    connectorSetUp: '设置了连接器',
    connectorTest: '发送了测试短信',
    connectorUpdate: '更改了连接器',
    phoneUnlock: '解锁了手机号码',
    signInExperienceChange: '更改了登录体验',
    signingKeyDelete: '删除了签名密钥',
    signingKeyRotate: '轮换了签名密钥',
    userCreate: '创建了用户',
    userDelete: '删除了用户',
    userSetPassword: '设置了用户的密码',
    userSetSuspended: '停用或恢复了用户',
    userUpdate: '更改了用户',
  },
};
