import { toUnicode } from 'punycode/punycode.es6.js';

/**
 * An email address as people read it: its domain, which is kept in ASCII, in its own script. It stays in ASCII where
 * that might be taken for another one: where a label mixes scripts, or looks as if it were Latin and is not.
 * @see https://www.unicode.org/reports/tr39/#Restriction_Level_Detection
 */
export function shownAddress(address: string): string {
  const at = address.lastIndexOf('@') + 1;
  const kept = address.slice(at);
  if (!kept.includes('xn--')) return address;
  const domain = inUnicode(kept);
  return domain?.split('.').every(isPlain) ? address.slice(0, at) + domain : address;
}

/** @returns undefined for what stands for no domain */
function inUnicode(kept: string): string | undefined {
  try {
    const domain = toUnicode(kept);
    return new URL(`http://${domain}`).hostname === kept ? domain : undefined;
  } catch {
    return undefined;
  }
}

/** Scripts of today's languages. @see https://www.unicode.org/reports/tr31/#Table_Recommended_Scripts */
const scripts = [
  ...['Latin', 'Cyrillic', 'Greek', 'Arabic', 'Armenian', 'Bengali', 'Devanagari', 'Ethiopic', 'Georgian', 'Gujarati'],
  ...['Gurmukhi', 'Hebrew', 'Kannada', 'Khmer', 'Lao', 'Malayalam', 'Myanmar', 'Oriya', 'Sinhala', 'Tamil', 'Telugu'],
  ...['Thaana', 'Thai', 'Tibetan'],
].map((script) => `\\p{Script=${script}}`);
/** Languages that are written in several scripts at once. */
const together = [
  String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}`,
  String.raw`\p{Script=Han}\p{Script=Bopomofo}`,
  String.raw`\p{Script=Han}\p{Script=Hangul}`,
];
const ofOneLanguage = new RegExp(
  `^(?:${[...scripts, ...together].map((letters) => String.raw`[${letters}\p{Script=Inherited}\d・ー-]+`).join('|')})$`,
  'u',
);
/** Letters of Cyrillic and Greek that look like Latin ones. */
const likeLatin = /^[асԁеһіјӏорԛѕԝхуъьҽпгѵѡҝмкнтвαικνορτυχωγηѐӓӧӑ\d-]+$/u;

const isPlain = (label: string): boolean =>
  /^[a-z\d-]+$/.test(label) || (ofOneLanguage.test(label) && !likeLatin.test(label));
