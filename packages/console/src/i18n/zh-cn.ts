import type { en } from './en.ts';
import type { TranslationOf } from './translation.ts';
import { account } from './zh-cn/account.ts';
import { administrators } from './zh-cn/administrators.ts';
import { applications } from './zh-cn/applications.ts';
import { auditLog } from './zh-cn/audit-log.ts';
import { connectors } from './zh-cn/connectors.ts';
import { developmentInbox } from './zh-cn/development-inbox.ts';
import { forms } from './zh-cn/forms.ts';
import { lists } from './zh-cn/lists.ts';
import { mails } from './zh-cn/mails.ts';
import { messages } from './zh-cn/messages.ts';
import { overview } from './zh-cn/overview.ts';
import { protection } from './zh-cn/protection.ts';
import { resources } from './zh-cn/resources.ts';
import { settings } from './zh-cn/settings.ts';
import { shell } from './zh-cn/shell.ts';
import { signInExperience } from './zh-cn/sign-in-experience.ts';
import { users } from './zh-cn/users.ts';

/** Every text in Simplified Chinese. */
export const zhCN: TranslationOf<typeof en> = {
  shell,
  connectors,
  signInExperience,
  users,
  applications,
  protection,
  resources,
  account,
  administrators,
  forms,
  auditLog,
  developmentInbox,
  lists,
  mails,
  messages,
  overview,
  settings,
};
