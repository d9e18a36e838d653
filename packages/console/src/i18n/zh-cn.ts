import type { en } from './en.ts';
import type { TranslationOf } from './translation.ts';
import { connectors } from './zh-cn/connectors.ts';
import { shell } from './zh-cn/shell.ts';

/** Every text in Simplified Chinese. */
export const zhCN: TranslationOf<typeof en> = { shell, connectors };
