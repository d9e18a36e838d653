import type { signInExperience as english } from '../en/sign-in-experience.ts';
import type { TranslationOf } from '../translation.ts';

/** “登录体验”栏目。 */
export const signInExperience: TranslationOf<typeof english> = {
  navigation: '登录体验',
  lead: '所有流程中的验证码都遵守以下规则。',
  code: {
    title: '验证码',
    lead: '验证码的长度和有效期。',
    codeLength: '位数',
    codeLengthHelp: '4 至 6 位，所有服务商都可以发送。',
    expirationDuration: '有效期（秒）',
    expirationDurationHelp: '60 至 600 秒。短信中写明的分钟数应与此一致。',
    maxRetryAttempts: '每个验证码可尝试的次数',
    maxRetryAttemptsHelp: '1 至 100 次。超过后需要重新获取验证码。',
  },
  limits: {
    title: '限制',
    lead: '短信会产生费用。这些限制可以防止脚本大量发送。留空表示不限制。',
    resendInterval: '重新发送前的等待时间（秒）',
    resendIntervalHelp: '0 至 600 秒。',
    sendWindow: '限制的时间窗口（秒）',
    sendWindowHelp: '60 至 86400 秒，即最长一天。',
    maxSendsPerRecipient: '一个窗口内发往同一号码的短信数',
    maxSendsPerRecipientHelp: '保护号码的主人。',
    maxSendsPerAddress: '一个窗口内同一网络地址可请求的短信数',
    maxSendsPerAddressHelp: '多人可能共用一个地址，例如在办公室内。',
    maxSendsTotal: '一个窗口内的短信总数',
    maxSendsTotalHelp: '限定一次攻击可能造成的费用。',
    none: '不限制',
  },
  missing: '请填写整数。',
};
