const otherDigit = /[^\P{Nd}0-9]/gu;
const digit = /\p{Nd}/u;

/**
 * The text with the decimal digits of every script as 0 to 9, and letters and signs in their plain form.
 * @see https://www.unicode.org/versions/Unicode16.0.0/core-spec/chapter-4/ section 4.6: digits of a script follow each
 *   other from zero on
 */
export function withPlainDigits(text: string): string {
  return text.normalize('NFKC').replace(otherDigit, (character) => String(valueOfDigit(character.codePointAt(0) ?? 0)));
}

function valueOfDigit(codePoint: number): number {
  let before = 0;
  while (digit.test(String.fromCodePoint(codePoint - before - 1))) before += 1;
  return before % 10;
}

/** Spaces of a line, dashes, dots and underscores, for a class of a regular expression; a long vowel in kana is a dash. */
export const separators = String.raw`\t\p{Zs}\p{Dash}\u02d7\u2796\u30fc._`;

/** Marks that are not seen, or are drawn over the digit before, for the same. */
export const invisibleMarks = String.raw`\p{Cf}\p{Mn}\p{Me}\p{DI}\u2800`;
