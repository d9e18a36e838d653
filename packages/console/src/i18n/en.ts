import { account } from './en/account.ts';
import { administrators } from './en/administrators.ts';
import { applications } from './en/applications.ts';
import { auditLog } from './en/audit-log.ts';
import { connectors } from './en/connectors.ts';
import { developmentInbox } from './en/development-inbox.ts';
import { forms } from './en/forms.ts';
import { lists } from './en/lists.ts';
import { mails } from './en/mails.ts';
import { messages } from './en/messages.ts';
import { overview } from './en/overview.ts';
import { protection } from './en/protection.ts';
import { resources } from './en/resources.ts';
import { settings } from './en/settings.ts';
import { shell } from './en/shell.ts';
import { signInExperience } from './en/sign-in-experience.ts';
import { users } from './en/users.ts';

/** Every text in English, a part per section. */
export const en = {
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
} as const;
