import { forms } from './en/forms.ts';
import { lists } from './en/lists.ts';
import { messages } from './en/messages.ts';
import { overview } from './en/overview.ts';
import { sections } from './en/sections.ts';
import { shell } from './en/shell.ts';

/** What is shown before anything is chosen: signing in, the frame, the overview. */
export const first = { shell, sections, forms, lists, messages, overview } as const;
