import { oneLine } from '@sesame/connector-kit';

/** What a text may hold: a pattern, and what is said where it does not match; both for `z.string().regex`. */
type Shape = readonly [pattern: RegExp, refusal: string];

/** Of a name, and of whatever ends in a header, a log, a list or a message: one line, without control characters. */
export const onOneLine: Shape = [oneLine, 'Write it on one line, without control characters.'];

/** Of what people read as a paragraph: also tabs and line breaks. Nothing turns what is read after it around. */
export const onLines: Shape = [
  /^(?:[^\p{Cc}\u202D\u202E]|[\t\n\r])*$/u,
  'Leave out control characters other than tabs and line breaks.',
];
