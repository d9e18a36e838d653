import { account } from './en/account.ts';
import { administrators } from './en/administrators.ts';
import { applications } from './en/applications.ts';
import { auditLog } from './en/audit-log.ts';
import { connectors } from './en/connectors.ts';
import { developmentInbox } from './en/development-inbox.ts';
import { mails } from './en/mails.ts';
import { protection } from './en/protection.ts';
import { resources } from './en/resources.ts';
import { settings } from './en/settings.ts';
import { signInExperience } from './en/sign-in-experience.ts';
import { users } from './en/users.ts';
import { webhooks } from './en/webhooks.ts';

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
