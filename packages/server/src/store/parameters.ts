import { type RawBuilder, sql } from 'kysely';

/** A text parameter where PostgreSQL could not tell the type from the place it stands in. */
export const text = (value: string | null): RawBuilder<string> => sql`cast(${value} as text)`;

/** A whole-number parameter where PostgreSQL could not tell the type from the place it stands in. */
export const whole = (value: number | null): RawBuilder<number> => sql`cast(${value} as bigint)`;
