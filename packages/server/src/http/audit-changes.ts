import { isDeepStrictEqual } from 'node:util';

/** What an administrator can change about something, by the names of its fields; nothing secret but in `secrets`. */
export type SubjectRecord = {
  /** How it is called; missing for a part of something, which is called as the whole. */
  name?: string | null;
  fields: Record<string, unknown>;
  /** What is compared and never recorded. */
  secrets?: Record<string, unknown>;
};

/**
 * A field that changed: what was there before and after, nothing where there was none; of a secret, and of what is not
 * for the log, only its name.
 */
export type FieldChange = { field: string; before?: unknown; after?: unknown; isSecret?: true };

/** Longer texts and lists are cut: the log is no copy of the data. */
const maxText = 500;
/** How much stands before the first difference of long texts. */
const contextText = 80;
const maxChanges = 100;

/** What differs, field by field; objects are compared inside, lists as a whole. */
export function changesBetween(before: SubjectRecord | undefined, after: SubjectRecord | undefined): FieldChange[] {
  const open = compared(before?.fields ?? {}, after?.fields ?? {}, '').map(shortened);
  const secret = compared(before?.secrets ?? {}, after?.secrets ?? {}, '').map(
    ({ field }) => field.split('.')[0] ?? '',
  );
  return [...open.slice(0, maxChanges), ...secretChanges(secret)];
}

/** That these changed, and nothing more of them. */
export const secretChanges = (names: Iterable<string>): FieldChange[] =>
  [...new Set(names)].map((field) => ({ field, isSecret: true as const }));

function compared(before: object, after: object, prefix: string): FieldChange[] {
  const [old, now] = [before, after] as Record<string, unknown>[];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => {
    const [was, is] = [old?.[name], now?.[name]];
    // Whether a field is empty or not there makes no difference.
    if (isDeepStrictEqual(was ?? null, is ?? null)) return [];
    const field = prefix + name;
    // What is new as a whole, or gone, is told by its fields as well.
    const [inside, nowInside] = [was === undefined ? {} : was, is === undefined ? {} : is];
    return isRecord(inside) && isRecord(nowInside)
      ? compared(inside, nowInside, `${field}.`)
      : [{ field, before: was, after: is }];
  });
}

const isRecord = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Both sides; of long lists what only one of them has, of long texts the part around the first difference. */
function shortened({ field, before, after }: FieldChange): FieldChange {
  const [was, is] = partsOf(before, after);
  return { field, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) };
}

function partsOf(before: unknown, after: unknown): [before: unknown, after: unknown] {
  const [was, is] = [textOf(before), textOf(after)];
  if (Math.max(was.length, is.length) <= maxText) return [before, after];
  if (isListOrNone(before) && isListOrNone(after)) {
    const lists = withoutCommon(before, after);
    // What is long in itself is told as a text.
    if (lists.flat().every((entry) => textOf(entry).length <= maxText)) {
      return [before && fitting(lists[0]), after && fitting(lists[1])];
    }
  }
  const from = Math.max(0, firstDifference(was, is) - contextText);
  const part = (value: unknown, text: string) => (from === 0 && text.length <= maxText ? value : partOf(text, from));
  return [before === undefined ? before : part(before, was), after === undefined ? after : part(after, is)];
}

const isListOrNone = (value: unknown): value is unknown[] | undefined => value === undefined || Array.isArray(value);

/** Both lists whole where they only differ in their order. */
function withoutCommon(before: unknown[] = [], after: unknown[] = []): [unknown[], unknown[]] {
  const without = (list: unknown[], other: unknown[]) => {
    const known = new Set(other.map(textOf));
    return list.filter((entry) => !known.has(textOf(entry)));
  };
  const differing = [without(before, after), without(after, before)] as [unknown[], unknown[]];
  return differing.flat().length > 0 ? differing : [before, after];
}

/** As many entries as there is room for, and a sign for the others. */
function fitting(list: unknown[]): unknown[] {
  let length = 0;
  const kept = list.filter((entry) => {
    length += textOf(entry).length;
    return length <= maxText;
  });
  return kept.length < list.length ? [...kept, '…'] : kept;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

function firstDifference(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let index = 0; index < length; index += 1) if (one[index] !== other[index]) return index;
  return one === '' || other === '' ? 0 : length;
}

const partOf = (text: string, from: number): string =>
  `${from > 0 ? '…' : ''}${text.slice(from, from + maxText)}${text.length > from + maxText ? '…' : ''}`;
