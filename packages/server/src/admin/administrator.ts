import type { Role } from './roles.ts';

/** An administrator, without anything secret. */
export type Administrator = { id: string; username: string; role: Role };
