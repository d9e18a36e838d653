import type { en } from './en.ts';
import type { TranslationOf } from './translation.ts';
import { auditLog } from './zh-cn/audit-log.ts';
import { connectors } from './zh-cn/connectors.ts';
import { developmentInbox } from './zh-cn/development-inbox.ts';
import { lists } from './zh-cn/lists.ts';
import { messages } from './zh-cn/messages.ts';
import { overview } from './zh-cn/overview.ts';
import { shell } from './zh-cn/shell.ts';

/** Every text in Simplified Chinese. */
export const zhCN: TranslationOf<typeof en> = {
  shell,
  connectors,
  auditLog,
  developmentInbox,
  lists,
  messages,
  overview,
};
