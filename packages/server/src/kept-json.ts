import { z } from 'zod';
import { refusedField } from './refusals.ts';

/** More levels than people write by hand. What walks through a value calls itself once for each. */
const maxLevels = 64;

/** Whether both databases keep a text as it is: PostgreSQL takes no U+0000, and UTF-8 no half of a surrogate pair. */
export const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** What is said of a text that is not. */
export const unstorable = 'Leave out the character U+0000 and halves of surrogate pairs, which cannot be stored.';

/**
 * Refuses a value from JSON that is nested too deeply, or that has a text or a name in it which no database keeps.
 * @throws ApiError `guard.invalid_input`
 */
export function checkJson(value: unknown): void {
  check(value, { path: '', levels: maxLevels });
}

function check(value: unknown, { path, levels }: { path: string; levels: number }): void {
  if (typeof value === 'string' && !isStorable(value)) throw refusedField(path, unstorable);
  if (typeof value !== 'object' || value === null) return;
  if (levels === 0) throw refusedField('', `The values may be nested ${maxLevels} levels deep.`);
  for (const [name, inner] of Object.entries(value)) {
    if (!isStorable(name)) throw refusedField(path, unstorable);
    check(inner, { path: path === '' ? name : `${path}.${name}`, levels: levels - 1 });
  }
}

/** So many bytes may be kept of what somebody likes to keep. Users change theirs themselves, and tokens ask for it. */
export const maxCustomBytes = 32 * 1024;

/** A JSON object of whatever somebody likes to keep with a user or an application. */
export const customJson = z
  .record(z.string(), z.unknown(), 'Write a JSON object, for example {"plan": "free"}.')
  .refine((value) => bytesOf(value) <= maxCustomBytes, { error: ({ input }) => tooLarge(input) });

/** @throws ApiError `guard.invalid_input` where an object has become larger than it may be, at this field of the body */
export function checkCustomBytes(path: string, value: unknown): void {
  if (bytesOf(value) > maxCustomBytes) throw refusedField(path, tooLarge(value));
}

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

const tooLarge = (value: unknown): string =>
  `Up to ${maxCustomBytes} bytes of JSON are kept (UTF-8, without spaces); this would be ${bytesOf(value)}.`;
