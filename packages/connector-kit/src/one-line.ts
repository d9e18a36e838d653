/**
 * A text that may stand in a header or be a name: it has no line break, Unicode's own included, no control character, and
 * none that turns what comes after it around: a code behind one would be read from its end.
 */
export const oneLine = /^[^\p{Cc}\u2028\u2029\u202D\u202E]*$/u;

/** A text with a space in the place of whatever keeps it from standing on one line. */
export const inOneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029\u202D\u202E]+/gu, ' ');
