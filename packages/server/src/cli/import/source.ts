import type { ImportedUser } from '../../accounts/import/imported-user.ts';

/** A record of a file: an object of JSON, or the columns of a line of CSV. */
export type SourceRecord = Readonly<Record<string, unknown>>;

/** A record in the words of Sesame. */
export type SourceUser = {
  user: Omit<ImportedUser, 'id'>;
  /** The id in the system that the user comes from. */
  id?: string | undefined;
  /** What could not be brought along, each a sentence without anything secret. */
  notes?: readonly string[];
};

/** Reads the records of one system. @throws CommandError for what is wrong with the file as a whole */
export type Source = {
  read: (record: SourceRecord, now: number) => SourceUser;
  /** The columns of a CSV file that has no header. */
  columns?: readonly string[];
  /** Looks at the header of a CSV file. @throws CommandError */
  checkHeader?: (header: readonly string[]) => void;
};

/** A text that is not empty. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;

/** Several texts: an array, or what commas, semicolons, bars or lines part. */
export function listOf(value: unknown): string[] | undefined {
  const all = Array.isArray(value) ? value : (textOf(value)?.split(/[,;|\n]/) ?? []);
  const texts = all.flatMap((each) => textOf(each)?.trim() || []);
  return texts.length > 0 ? texts : undefined;
}

/** Whether it is yes in JSON, CSV or PostgreSQL; `undefined` where nothing is said. */
export const isYes = (value: unknown): boolean | undefined =>
  value === undefined || value === null || value === ''
    ? undefined
    : [true, 'true', 't', '1'].includes(value as string);

/** An object of which something is known, or nothing. */
export const ifAny = <T extends object>(known: T): T | undefined =>
  Object.values(known).some((value) => value !== undefined) ? known : undefined;

/** Milliseconds since the epoch, from those or from a date; what is neither stays, to be refused by name. */
export function timeOf(value: unknown): number | undefined {
  const text = textOf(value);
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  // PostgreSQL leaves out what every other reader asks for: the T, and the minutes of the time zone.
  return Date.parse(text.replace(' ', 'T').replace(/(:\d\d(?:\.\d+)?[+-]\d\d)$/, '$1:00'));
}

/** What the system knows and Sesame has no field for, so that nothing is lost. */
export function withRest(id: string | undefined, rest: SourceRecord, customData: object = {}): Record<string, unknown> {
  const imported = Object.fromEntries(Object.entries(rest).filter(([, value]) => !isEmpty(value)));
  return {
    ...customData,
    ...(id !== undefined && { importedId: id }),
    ...(Object.keys(imported).length > 0 && { imported }),
  };
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value as object).length === 0);

/** A text that holds JSON, as JSON; other texts as they are. */
export function parsedOf(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
