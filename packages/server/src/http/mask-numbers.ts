import { withPlainDigits } from '@sesame/connector-kit';
import { maskPhone } from './log-redaction.ts';

/** Ids (UUIDs, SIDs of Twilio), dates and IPv4 addresses stay, where no other digits go on from them. */
const byte = String.raw`(?:25[0-5]|2[0-4]\d|1?\d?\d)`;
const ipv4 = String.raw`${byte}(?:\.${byte}){3}(?![\d.])`;
const kept = [
  String.raw`(?<![\p{L}\p{N}])[a-z]{2}[0-9a-f]{32}(?![\p{L}\p{N}])`,
  String.raw`(?<![\da-f])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\da-f])`,
  String.raw`(?<!\d)(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?Z?(?!\p{N}))?`,
  String.raw`(?<![\d.])${ipv4}(?:\/\d\d?(?!\d))?(?![^\p{L}\p{N}:]{1,3}(?!${ipv4})\p{N})`,
].join('|');
/**
 * As many digits as a phone number has (E.164), of any script, whatever is between them but letters, and colons, which
 * are in times and in IPv6 addresses.
 */
const digits = String.raw`\+?\(?(?<!\p{N})\p{N}(?:[^\p{L}\p{N}:]{0,3}\p{N}){6,14}(?!\p{N})`;
/** More of them in a row may be two numbers, or one and what belongs to it. */
const manyDigits = String.raw`\+?(?<!\p{N})\p{N}{16,}`;
const numbers = new RegExp(`(${kept})|${digits}|${manyDigits}`, 'giu');
const phoneKey = /phone|mobile|recipient|^to$|^tel/i;
/** What callers keep there is theirs: a number may be a number. Elsewhere it is a time or a count. */
const freeKey = /^(customData|error)$/;

/**
 * A text, or the text of a JSON document, with every phone number in it masked.
 * @example maskNumbers('{"phone":"+8613800138000"}', true) // '{"phone":"+86138****8000"}'
 */
export function maskNumbers(text: string, isJson: boolean): string {
  return isJson ? JSON.stringify(maskValue(JSON.parse(text), '')) : maskText(text);
}

function maskValue(value: unknown, key: string, isFree = false): unknown {
  const isFreeNow = isFree || freeKey.test(key);
  if (Array.isArray(value)) return value.map((each) => maskValue(each, key, isFreeNow));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [maskText(name), maskValue(each, name, isFreeNow)]),
    );
  }
  if (phoneKey.test(key) && /\p{Nd}/u.test(String(value))) return mask(String(value));
  if (typeof value === 'number' && isFreeNow) {
    const masked = maskText(String(value));
    return masked === String(value) ? value : masked;
  }
  return typeof value === 'string' ? maskText(value) : value;
}

const maskText = (text: string): string =>
  text.replace(numbers, (found, isKept: string | undefined, start: number) =>
    isKept !== undefined || isMachineWord(text, start, found) ? found : mask(found),
  );

const mask = (found: string): string => maskPhone(withPlainDigits(found));

/** The digits of an id stand among letters, back and forth; a number in a name has them on one side or two. */
function isMachineWord(text: string, start: number, found: string): boolean {
  const before = /[\p{L}\p{N}]*$/u.exec(text.slice(Math.max(0, start - maxWord), start))?.[0] ?? '';
  const end = start + found.length;
  const after = /^[\p{L}\p{N}]*/u.exec(text.slice(end, end + maxWord))?.[0] ?? '';
  const turns = `${before}${found}${after}`.match(/\p{L}(?=\p{N})|\p{N}(?=\p{L})/gu) ?? [];
  return turns.length >= 4;
}

const maxWord = 64;
