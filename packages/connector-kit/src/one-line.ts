/** A text that may stand in a header or be a name: it has no line break, Unicode's own included, and no control character. */
export const oneLine = /^[^\p{Cc}\u2028\u2029]*$/u;
