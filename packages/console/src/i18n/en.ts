import { auditLog } from './en/audit-log.ts';
import { connectors } from './en/connectors.ts';
import { developmentInbox } from './en/development-inbox.ts';
import { lists } from './en/lists.ts';
import { messages } from './en/messages.ts';
import { overview } from './en/overview.ts';
import { shell } from './en/shell.ts';

/** Every text in English, a part per section. */
export const en = {
  shell,
  connectors,
  auditLog,
  developmentInbox,
  lists,
  messages,
  overview,
} as const;
