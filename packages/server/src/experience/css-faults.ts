/** What can be wrong with the syntax of a stylesheet, by the words of the parsers that find it. */
const faults = [
  ['unclosed-comment', /EOF while consuming a comment|Unclosed comment/],
  ['unclosed-string', /consuming a string token|Unclosed (string|quote)/],
  ['bad-url', /consuming a url token/],
  ['bad-escape', /escaped code point|escape sequence/],
  ['unclosed-block', /Unclosed block/],
  ['unclosed-bracket', /Unclosed bracket/],
  ['unexpected-brace', /Unexpected \}/],
  ['no-colon', /Unknown word|Double colon/],
  ['no-semicolon', /Missed semicolon/],
  ['no-name', /At-rule without name/],
] as const;

/** The kinds of what can be wrong with the syntax of a stylesheet. */
export const cssFaults = [...faults.map(([fault]) => fault), 'other'] as const;
export type CssFault = (typeof cssFaults)[number];

/** The kind of a fault. @param words of the parser */
export const faultOf = (words: string): CssFault => faults.find(([, pattern]) => pattern.test(words))?.[0] ?? 'other';
