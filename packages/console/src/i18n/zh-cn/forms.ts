import type { forms as english } from '../en/forms.ts';
import type { TranslationOf } from '../translation.ts';

/** 各栏目的表单与列表共用的文字。 */
export const forms: TranslationOf<typeof english> = {
  unsaved: '有尚未保存的更改。',
  save: '保存更改',
  saved: '已保存。',
  discard: '放弃',
  fixFields: '请修正标出的字段，然后重新保存。',
  withLeft_other: '%{submit}（还有 %{count} 项待处理）',
  invalid: {
    username: '请只使用允许的字母、数字和符号。',
    primaryEmail: '请填写邮箱地址，例如 ali@example.com。',
    primaryPhone: '请填写带国家代码的手机号码，例如 +8613800138000。',
    redirectUris: '请填写以 https 开头的完整地址，http 仅限 localhost；不要包含 * 和 #。',
    postLogoutRedirectUris: '请填写以 https 开头的完整地址，http 仅限 localhost；不要包含 * 和 #。',
    indicator: '请填写完整的 URI，不含 # 和逗号，例如 https://api.example.com。',
    accessTokenTtl: '请填写整数秒数，最少 1，最多 2,592,000（30 天）。',
    corsAllowedOrigins: '请填写完整的来源，不含路径和 *，例如 https://app.example.com。',
    idTokenTtl: '请填写整数秒数，最少 1，最多 315,360,000（10 年）。',
    refreshTokenTtlInDays: '请填写整数天数，1 到 180。',
  },
  css: {
    'too-long': '样式表有 %{found} 字节，最多 65,536 字节。',
    syntax: '第 %{line} 行有语法错误：%{found}。',
    'at-rule': '第 %{line} 行：不能使用 %{found}。',
    function: '第 %{line} 行：不能使用 %{found}。',
    url: '第 %{line} 行：不能使用 %{found}。请使用 data:image/… 或本服务器的路径。',
    property: '第 %{line} 行：不能使用 %{found}。',
  },
  password: {
    rules: '至少 8 个字符，且不易被他人猜到。',
    show: '显示或隐藏密码',
    wrong: '密码错误。',
    too_short_other: '请至少使用 %{count} 个字符。',
    too_long_other: '请最多使用 %{count} 个字符。',
    character_types: '小写字母、大写字母、数字和符号中至少使用 %{limit} 种。',
    pwned: '这是最常见的密码之一，请换一个不易被猜到的密码。',
    restricted: {
      repetition: '请不要重复同一个字符。',
      sequence: '请不要使用简单的连续序列，例如 12345678。',
      words: '请不要使用这里容易被猜到的词。',
      user_info: '请不要使用姓名、用户名、手机号码或邮箱地址。',
    },
  },
};
