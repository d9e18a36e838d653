import { isDeepStrictEqual } from 'node:util';

/** What an administrator can change about something, by the names of its fields; nothing secret but in `secrets`. */
export type SubjectRecord = {
  /** How it is called. */
  name: string | null;
  fields: Record<string, unknown>;
  /** What is compared and never recorded. */
  secrets?: Record<string, unknown>;
};

/** A field that changed: what was there before and after, nothing where there was none; of a secret only its name. */
export type FieldChange = { field: string; before?: unknown; after?: unknown; isSecret?: true };

/** Longer texts and lists are cut: the log is no copy of the data. */
const maxText = 500;
const maxChanges = 100;

/** What differs, field by field; objects are compared inside, lists as a whole. */
export function changesBetween(before: SubjectRecord | undefined, after: SubjectRecord | undefined): FieldChange[] {
  const open = compared(before?.fields ?? {}, after?.fields ?? {}, '').map(({ field, before, after }) => ({
    field,
    ...(before !== undefined && { before: shortened(before) }),
    ...(after !== undefined && { after: shortened(after) }),
  }));
  const secret = compared(before?.secrets ?? {}, after?.secrets ?? {}, '').map(
    ({ field }) => field.split('.')[0] ?? '',
  );
  return [...open.slice(0, maxChanges), ...[...new Set(secret)].map((field) => ({ field, isSecret: true as const }))];
}

function compared(before: object, after: object, prefix: string): FieldChange[] {
  const [old, now] = [before, after] as Record<string, unknown>[];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => {
    const [was, is] = [old?.[name], now?.[name]];
    // Whether a field is empty or not there makes no difference.
    if (isDeepStrictEqual(was ?? null, is ?? null)) return [];
    const field = prefix + name;
    return isRecord(was) && isRecord(is) ? compared(was, is, `${field}.`) : [{ field, before: was, after: is }];
  });
}

const isRecord = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function shortened(value: unknown): unknown {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text === undefined || text.length <= maxText ? value : `${text.slice(0, maxText)}…`;
}
