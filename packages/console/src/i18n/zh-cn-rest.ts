import { account } from './zh-cn/account.ts';
import { administrators } from './zh-cn/administrators.ts';
import { applications } from './zh-cn/applications.ts';
import { auditLog } from './zh-cn/audit-log.ts';
import { connectors } from './zh-cn/connectors.ts';
import { developmentInbox } from './zh-cn/development-inbox.ts';
import { mails } from './zh-cn/mails.ts';
import { protection } from './zh-cn/protection.ts';
import { resources } from './zh-cn/resources.ts';
import { settings } from './zh-cn/settings.ts';
import { signInExperience } from './zh-cn/sign-in-experience.ts';
import { users } from './zh-cn/users.ts';
import { webhooks } from './zh-cn/webhooks.ts';

/** The texts of all other pages. */
export const rest = {
  account,
  administrators,
  applications,
  auditLog,
  connectors,
  developmentInbox,
  mails,
  protection,
  resources,
  settings,
  signInExperience,
  users,
  webhooks,
} as const;
