import { type Html, html } from '@sesame/pages';
import type { ConsoleLanguage } from './console-language.ts';

const english = {
  title: 'Choose a new password',
  lead: (name: Html) =>
    html`For the administrator ${name}. The link that brought you here works once, and every session of the Console ends.`,
  notChanged: 'The password was not changed. Please look at the marked field.',
  save: 'Save the password',
  closed: 'This link does not work',
  closedLead:
    'A link to choose a new password works once, for 30 minutes. This one was used, has expired, was replaced by a newer one, or was not copied whole.',
  newLink: (command: Html) => html`For a new one, somebody with access to the server runs ${command}.`,
  done: 'The password is changed',
  doneLead: (name: Html) => html`${name} can sign in with it now. The link that brought you here no longer works.`,
  toConsole: (link: (text: string) => Html) => html`Go on to the ${link('Console')}.`,
};

const chinese: typeof english = {
  title: '设置新密码',
  lead: (name) => html`为管理员 ${name} 设置。带您来到此页的链接只能使用一次，控制台的所有会话都将结束。`,
  notChanged: '密码未更改，请查看标出的栏目。',
  save: '保存密码',
  closed: '此链接无效',
  closedLead: '设置新密码的链接在 30 分钟内只能使用一次。此链接已被使用、已过期、已被更新的链接取代，或没有完整复制。',
  newLink: (command) => html`如需新链接，请能访问服务器的人运行 ${command}。`,
  done: '密码已更改',
  doneLead: (name) => html`${name} 现在可以用新密码登录。带您来到此页的链接已失效。`,
  toConsole: (link) => html`前往${link('控制台')}。`,
};

/** What the pages of the link to a new password say, by language; the fields are those of the set-up page. */
export const newPasswordTexts: Record<ConsoleLanguage, typeof english> = { en: english, 'zh-CN': chinese };
