import type { overview as english } from '../en/overview.ts';
import type { TranslationOf } from '../translation.ts';

/** 总体情况。 */
export const overview: TranslationOf<typeof english> = {
  navigation: '概览',
  title: '概览',
  steps: {
    title: '开始使用',
    done: '已完成',
    open: '待完成',
    connector: '设置短信连接器',
    connectorText: '选择将验证码发送到手机的服务商。',
    inboxText: '正在使用开发收件箱：验证码只显示在控制台中，不会发送到手机。请选择服务商以发送真实短信。',
    connectorNext: '选择连接器',
    test: '发送测试短信',
    testText: '在用户请求验证码之前，先确认短信能够送达。',
    testNext: '打开连接器并发送测试短信',
    signIn: '启用短信登录',
    signInText: '目前用户无法通过发送到手机的验证码登录。',
    application: '创建应用',
    applicationText: '应用让您的后端或客户端可以访问本服务器。',
    applicationNext: '前往应用',
  },
  stage: { requested: '请求', sent: '发送', delivered: '送达', verified: '验证' },
  figures: {
    title: '验证码',
    period: '时间范围',
    days_other: '最近 %{count} 天',
    explain: '发送：服务商已接受短信。送达：服务商确认送达，或验证码已被输入。不含测试短信；日期按 UTC 计算。',
    byDay: '按日期',
    byCountry: '按国家或地区',
    byUsageType: '按使用类型',
    day: '日期',
    country: '国家或地区',
    usageType: '使用类型',
    unknownCountry: '未知',
    chart: '%{from}至%{until}每天请求和验证的验证码数量；单日最多 %{most} 个。',
    most: '单日最多 %{count} 个',
    asTable: '以表格显示',
    empty: {
      title: '此时间范围内没有验证码',
      text: '一旦有人请求验证码，从请求到验证的过程就会在此统计。',
      next: '查看所有短信（含测试）',
    },
  },
};
