import { account } from './account/section.ts';
import { administrators } from './administrators/section.ts';
import { applications } from './applications/section.ts';
import { auditLog } from './audit-log/section.ts';
import { connectors } from './connectors/section.ts';
import { developmentInbox } from './development-inbox/section.ts';
import { messages } from './messages/section.ts';
import { overview } from './overview/section.ts';
import { protection } from './protection/section.ts';
import { resources } from './resources/section.ts';
import { settings } from './settings/section.ts';
import { signInExperience } from './sign-in-experience/section.ts';
import { users } from './users/section.ts';
import { webhooks } from './webhooks/section.ts';

/** The sections in the order of the navigation. A new one is a folder with a `section.ts`, and a line here. */
export const sections = [
  overview,
  connectors,
  signInExperience,
  protection,
  messages,
  developmentInbox,
  users,
  applications,
  resources,
  webhooks,
  administrators,
  auditLog,
  settings,
  account,
] as const;
