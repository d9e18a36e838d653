import type { en } from './en.ts';
import type { TranslationOf } from './translation.ts';
import { first } from './zh-cn-first.ts';
import { rest } from './zh-cn-rest.ts';

/** Every text in Simplified Chinese. */
export const zhCN: TranslationOf<typeof en> = { ...first, ...rest };
