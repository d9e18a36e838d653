import { domainToASCII, domainToUnicode } from 'node:url';
import { parseEmail } from '@sesame/connector-kit';
import { asTyped } from '../store/listing.ts';
import type { Store } from '../store/store.ts';
import {
  allOf,
  anyOf,
  emailStartsWith,
  hasNoAddressAsName,
  idStartsWith,
  indexedEnd,
  isLike,
  isOneOf,
  keyBeginsWith,
  keyStartsWith,
  nationalNumberStartsWith,
  ofOthers,
  phoneEndsWith,
  phoneStartsWith,
  type UserTerm,
  wordOfNameStartsWith,
} from '../store/user-terms.ts';
import { readMeantNumber } from './meant-number.ts';
import { keyOf, typedId, typedText } from './user-search-keys.ts';

/** Whether a text may hold a part of a number. Search keys take a raised or a circled digit for a digit, too. */
export const holdsDigits = (text: string): boolean => /\p{Nd}/u.test(text.normalize('NFKD'));

/** What is typed, whether it finds numbers and addresses too, and where it is looked for. */
export type Typed = { typed: string; findsPhones: boolean; kind: Store['kind'] };

/**
 * Users whose username, name, last name, address or the domain of it starts with what was typed, whose name has words that
 * start with each word of it, whose number starts with it, ends with it, or starts with it at home, or whose id starts with
 * it. Upper and lower case and accents make no difference; a number may be written in any way.
 */
export function startOf({ typed, findsPhones, kind }: Typed): UserTerm {
  const text = typedText(typed);
  const mayBeName = findsPhones || !holdsDigits(text);
  const named = mayBeName ? nameTerms(text) : [];
  // SQLite takes its indexes for alternatives, but not for alternatives within one.
  return anyOf([
    ...idTerms(typedId(typed), { kind, isWhole: !mayBeName }),
    ...(findsPhones
      ? [...numberTerms(text, kind), ...addressTerms(text, kind), ...named]
      : named.map((term) => allOf([term, hasNoAddressAsName]))),
  ]);
}

/**
 * Users who may be meant by what somebody types into one box: as a search without a pattern finds them, whose
 * signs all stand for themselves. The second term is for a part from the middle of a number or an address, which no index
 * finds.
 */
export function meantBy({ typed, findsPhones, kind }: Typed): { likely: UserTerm; possible: UserTerm | undefined } {
  const text = typedText(typed);
  const parts = findsPhones ? longParts(text, indexedEnd).map((part) => isLike('phone', `%${part}%`, true)) : [];
  const address = findsPhones && /^[^\s@]*[@.][^\s@]*$/.test(text) && text.length >= leastOfAddress;
  const pattern = `%${asTyped(withAsciiLabels(text))}%`;
  const own = [...parts, ...(address ? [isLike('email', pattern, false)] : [])];
  const possible = own.flatMap((term) => [term, ofOthers(kind, term)]);
  return {
    likely: startOf({ typed: text, findsPhones, kind }),
    possible: possible.length > 0 ? anyOf(possible) : undefined,
  };
}

/** Fewer characters begin too many ids. */
const leastOfId = 4;

/** An id that holds digits may hold a number: who sees none of them has to know it as a whole. */
function idTerms(id: string, { kind, isWhole }: { kind: Store['kind']; isWhole: boolean }): UserTerm[] {
  const spellings = [...new Set([id, id.toLowerCase()])];
  if (isWhole || id.length < leastOfId || !/^[\w.|-]+$/.test(id)) return [isOneOf('id', spellings)];
  return spellings.map((start) => idStartsWith(kind, start));
}

const nameKeys = ['name_key', 'last_name_key'] as const;
/** More words are no name. */
const mostWords = 6;

function nameTerms(text: string): UserTerm[] {
  const key = keyOf(text);
  const whole = key ? (['username_key', ...nameKeys] as const).map((column) => keyStartsWith(column, key)) : [];
  const words = text.split(/[\s,]+/).flatMap((word) => keyOf(word) ?? []);
  if (words.length < 2 || words.length > mostWords || /[%_\\]/.test(text)) return whole;
  return [...whole, ...wordsOfName(words)];
}

/**
 * Names with words that start with each of these, in any order. Indexes have the first word and the last; a letter is
 * in too many.
 */
const wordsOfName = (words: readonly Uint8Array[]): UserTerm[] =>
  words
    .filter(({ length }) => length > 1)
    .flatMap((word) => {
      const others = words.filter((other) => other !== word).map(wordOfNameStartsWith);
      return nameKeys.map((column) => allOf([keyStartsWith(column, word), ...others]));
    });

/** Fewer digits of the start at home, and fewer letters of a domain, are in too many numbers and addresses. */
const leastAtHome = 3;
const leastOfAddress = 4;

/** An index has numbers by their start, by their start at home, and by their end. */
function numberTerms(text: string, kind: Store['kind']): UserTerm[] {
  const meant = readMeantNumber(text);
  if (!meant) return [];
  const own = [
    ...(meant.whole.length > 0 ? [isOneOf('phone', meant.whole)] : []),
    ...meant.starts.map(phoneStartsWith),
    ...longParts(text, leastAtHome).map(nationalNumberStartsWith),
    ...longParts(text, indexedEnd).map(phoneEndsWith),
  ];
  return own.flatMap((term) => [term, ofOthers(kind, term)]);
}

const longParts = (text: string, least: number): string[] =>
  readMeantNumber(text)?.parts.filter(({ length }) => length >= least) ?? [];

/** Addresses by their start and by the start of their domain, in the script that people read or in ASCII. */
function addressTerms(text: string, kind: Store['kind']): UserTerm[] {
  const typed = text.normalize('NFKC').replace(/^mailto:/i, '');
  if (/\s/.test(typed)) return [];
  const at = typed.lastIndexOf('@');
  const [local, domain] = [typed.slice(0, Math.max(at, 0)), typed.slice(at + 1).replaceAll('。', '.')];
  const startsWith = (start: string) => [emailStartsWith(start), ofOthers(kind, emailStartsWith(start))];
  const isAscii = (part: string) => /^[!-~]*$/.test(part);
  const key = keyOf(domain);
  const inDomain = key ? keyStartsWith('email_domain_key', key) : undefined;
  if (at > 0) {
    if (!isAscii(local)) return [];
    const whole = parseEmail(typed)?.address ?? typed;
    // Of a domain there may be millions.
    const written = key ? [allOf([emailStartsWith(`${local}@`), keyBeginsWith('email_domain_key', key)])] : [];
    return [...(isAscii(whole) ? startsWith(whole) : []), ...written];
  }
  const isLong = at === 0 || domain.includes('.') || domain.length >= leastOfAddress || !isAscii(domain);
  return [...(at < 0 && isAscii(typed) ? startsWith(typed) : []), ...(inDomain && isLong ? [inDomain] : [])];
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
