import { withPlainDigits } from './digits.ts';

/**
 * The calling codes of E.164: those of one and of two digits; all others have three.
 * @see https://www.itu.int/pub/T-SP-E.164D List of ITU-T Recommendation E.164 assigned country codes
 */
const callingCode = /^(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/;
const dots = '•••';
const leastHidden = 4;

/**
 * A phone number of which only the calling code and the last two digits are left. Without a plus nobody knows where
 * the calling code ends, so none is left; of a short number nothing else is. What is masked already stays as it is.
 * @example maskPhone('+8613800138000') // '+86 ••• 00'
 */
export function maskPhone(phone: string): string {
  if (phone.includes(dots)) return phone;
  const plain = withPlainDigits(phone);
  const digits = plain.replace(/\D/g, '');
  const code = /^\D*\+/.test(plain) ? (callingCode.exec(digits)?.[0] ?? '') : '';
  const end = digits.length - code.length - 2 >= leastHidden ? digits.slice(-2) : '';
  return [code && `+${code}`, dots, end].filter(Boolean).join(' ');
}

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

/**
 * A text with every phone number in it masked, however it is written.
 * @example maskPhonesIn('No route to 138 0013 8000.') // 'No route to ••• 00.'
 */
export function maskPhonesIn(text: string): string {
  return text.replace(numbers, (found, isKept: string | undefined, start: number) =>
    isKept !== undefined || isMachineWord(text, start, found) ? found : withOthersBrackets(found, maskPhone(found)),
  );
}

/** Brackets whose other half stands outside of the number are no part of it: they stay around what is left of it. */
function withOthersBrackets(found: string, masked: string): string {
  const open: string[] = [];
  const close: string[] = [];
  for (const [bracket] of found.matchAll(/[\p{Ps}\p{Pe}<>]/gu)) {
    if (/[\p{Ps}<]/u.test(bracket)) open.push(bracket);
    else if (open.pop() === undefined) close.push(bracket);
  }
  return [...open, masked, ...close].join('');
}

/** The digits of an id stand among letters, back and forth; a number in a name has them on one side or two. */
function isMachineWord(text: string, start: number, found: string): boolean {
  const before = /[\p{L}\p{N}]*$/u.exec(text.slice(Math.max(0, start - maxWord), start))?.[0] ?? '';
  const end = start + found.length;
  const after = /^[\p{L}\p{N}]*/u.exec(text.slice(end, end + maxWord))?.[0] ?? '';
  const turns = `${before}${found}${after}`.match(/\p{L}(?=\p{N})|\p{N}(?=\p{L})/gu) ?? [];
  return turns.length >= 4;
}

const maxWord = 64;
