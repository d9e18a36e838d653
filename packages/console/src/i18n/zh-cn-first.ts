import { forms } from './zh-cn/forms.ts';
import { lists } from './zh-cn/lists.ts';
import { messages } from './zh-cn/messages.ts';
import { overview } from './zh-cn/overview.ts';
import { sections } from './zh-cn/sections.ts';
import { shell } from './zh-cn/shell.ts';

/** What is shown before anything is chosen: signing in, the frame, the overview. */
export const first = { shell, sections, forms, lists, messages, overview } as const;
