import { connectors } from './en/connectors.ts';
import { shell } from './en/shell.ts';

/** Every text in English, a part per section. */
export const en = { shell, connectors } as const;
