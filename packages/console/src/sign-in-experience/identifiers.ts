import type { Identifier } from './experience-api.ts';

/** What codes go to. */
export const codeIdentifiers = ['phone', 'email'] as const satisfies Identifier[];
export type CodeIdentifier = (typeof codeIdentifiers)[number];

/** What a person can be known by. */
export const identifiers = [...codeIdentifiers, 'username'] as const satisfies Identifier[];

/** Whether codes go to it. */
export const takesCodes = (identifier: string): identifier is CodeIdentifier =>
  codeIdentifiers.some((known) => known === identifier);
