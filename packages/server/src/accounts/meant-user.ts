import { domainToASCII, domainToUnicode } from 'node:url';
import { parseEmail } from '@sesame/connector-kit';
import { asTyped } from '../store/listing.ts';
import {
  allOf,
  anyOf,
  emailStartsWith,
  hasNoAddressAsName,
  indexedEnd,
  isLike,
  isOneOf,
  keyBeginsWith,
  keyStartsWith,
  nationalNumberStartsWith,
  phoneEndsWith,
  phoneStartsWith,
  type UserTerm,
} from '../store/user-terms.ts';
import { readMeantNumber } from './meant-number.ts';
import { keyOf, typedId, typedText } from './user-search-keys.ts';

/** Whether a text may hold a part of a number. Search keys take a raised or a circled digit for a digit, too. */
export const holdsDigits = (text: string): boolean => /\p{Nd}/u.test(text.normalize('NFKD'));

/**
 * Users whose username, name, last name, address or the domain of it starts with what was typed, whose number starts with
 * it, ends with it, or starts with it at home, or whose id it is. Upper and lower case and accents make no difference; a
 * number may be written in any way.
 */
export function startOf(typed: string, findsPhones: boolean): UserTerm {
  const text = typedText(typed);
  const key = keyOf(text);
  const columns = ['username_key', 'name_key', 'last_name_key'] as const;
  const hasNames = findsPhones || !holdsDigits(text);
  const id = typedId(typed);
  const byName = (terms: UserTerm[]) => (findsPhones ? anyOf(terms) : allOf([anyOf(terms), hasNoAddressAsName]));
  return anyOf([
    isOneOf('id', [id, id.toLowerCase()]),
    ...(findsPhones ? [...numberTerms(text), ...addressTerms(text)] : []),
    ...(key && hasNames ? [byName(columns.map((column) => keyStartsWith(column, key)))] : []),
  ]);
}

/**
 * Users who may be meant by what somebody types into one box: as a search without a pattern finds them, whose
 * signs all stand for themselves. The second term is for a part from the middle of a number or an address, which no index
 * finds.
 */
export function meantBy(typed: string, findsPhones: boolean): { likely: UserTerm; possible: UserTerm | undefined } {
  const text = typedText(typed);
  const parts = findsPhones ? longParts(text, indexedEnd).map((part) => isLike('phone', `%${part}%`, true)) : [];
  const address = findsPhones && /^[^\s@]*[@.][^\s@]*$/.test(text) && text.length >= leastOfAddress;
  const pattern = `%${asTyped(withAsciiLabels(text))}%`;
  const possible = [...parts, ...(address ? [isLike('email', pattern, false)] : [])];
  return { likely: startOf(text, findsPhones), possible: possible.length > 0 ? anyOf(possible) : undefined };
}

/** Fewer digits of the start at home, and fewer letters of a domain, are in too many numbers and addresses. */
const leastAtHome = 3;
const leastOfAddress = 4;

/** An index has numbers by their start, by their start at home, and by their end. */
function numberTerms(text: string): UserTerm[] {
  const meant = readMeantNumber(text);
  if (!meant) return [];
  return [
    ...(meant.whole.length > 0 ? [isOneOf('phone', meant.whole)] : []),
    ...meant.starts.map(phoneStartsWith),
    ...longParts(text, leastAtHome).map(nationalNumberStartsWith),
    ...longParts(text, indexedEnd).map(phoneEndsWith),
  ];
}

const longParts = (text: string, least: number): string[] =>
  readMeantNumber(text)?.parts.filter(({ length }) => length >= least) ?? [];

/** Addresses by their start and by the start of their domain, in the script that people read or in ASCII. */
function addressTerms(text: string): UserTerm[] {
  const typed = text.normalize('NFKC').replace(/^mailto:/i, '');
  if (/\s/.test(typed)) return [];
  const at = typed.lastIndexOf('@');
  const [local, domain] = [typed.slice(0, Math.max(at, 0)), typed.slice(at + 1).replaceAll('。', '.')];
  const isAscii = (part: string) => /^[!-~]*$/.test(part);
  const key = keyOf(domain);
  const inDomain = key ? keyStartsWith('email_domain_key', key) : undefined;
  if (at > 0) {
    if (!isAscii(local)) return [];
    const whole = parseEmail(typed)?.address ?? typed;
    // Of a domain there may be millions.
    const written = key ? [allOf([emailStartsWith(`${local}@`), keyBeginsWith('email_domain_key', key)])] : [];
    return [...(isAscii(whole) ? [emailStartsWith(whole)] : []), ...written];
  }
  const isLong = at === 0 || domain.includes('.') || domain.length >= leastOfAddress || !isAscii(domain);
  return [...(at < 0 && isAscii(typed) ? [emailStartsWith(typed)] : []), ...(inDomain && isLong ? [inDomain] : [])];
}

/** A pattern with the labels of domains as they are kept, in ASCII; a label is looked for as a whole. */
export const withAsciiLabels = (pattern: string): string =>
  pattern.normalize('NFKC').replace(/[^\s@.%_\\]*[^\0-\x7f][^\s@.%_\\]*/g, (label) => domainToASCII(label) || label);

/** An address, or a part of one, as it is kept: with its domain in ASCII, whatever script it is typed in. */
export const asciiAddress = (typed: string): string =>
  withAsciiLabels(
    typed
      .replace(/^\s*mailto:/i, '')
      .replaceAll('。', '.')
      .trim(),
  );

/** An address that is kept, with its domain in the script that people read. */
export const readableAddress = (address: string): string =>
  address.replace(/@.*$/, (domain) => `@${domainToUnicode(domain.slice(1))}`);
