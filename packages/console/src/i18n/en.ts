import { first } from './en-first.ts';
import { rest } from './en-rest.ts';

/** Every text in English, a part per section. */
export const en = { ...first, ...rest } as const;
