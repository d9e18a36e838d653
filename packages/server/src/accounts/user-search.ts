import { parseEmail, parsePhone, withPlainDigits } from '@sesame/connector-kit';
import { ApiError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import {
  allOf,
  anyOf,
  emailStartsWith,
  hasKey,
  hasNoAddressAsName,
  isLike,
  isOneOf,
  isOneOfInAnyCase,
  keyStartsWith,
  ofOthers,
  phoneStartsWith,
  type UserTerm,
} from '../store/user-terms.ts';
import { holdsDigits, startOf, withAsciiLabels } from './meant-user.ts';
import { keyOf } from './user-search-keys.ts';

/** What users are searched by. */
export const searchFields = ['id', 'primaryPhone', 'primaryEmail', 'username', 'name'] as const;
export type SearchField = (typeof searchFields)[number];

/** How a value is compared: with a pattern of SQL's LIKE, or as a whole. */
export const searchModes = ['like', 'exact'] as const;
export type SearchMode = (typeof searchModes)[number];

/** What to look for in one field, or in any of them. */
export type SearchCondition = { field: SearchField | undefined; mode: SearchMode; values: readonly string[] };

/** What Logto's `GET /api/users` takes. */
export type UserSearch = {
  conditions: readonly SearchCondition[];
  joint: 'and' | 'or';
  isCaseSensitive: boolean;
  /** Whether what is looked for in every field is looked for in numbers and addresses too, and digits in names and ids. */
  findsPhones: boolean;
};

const maxWildcards = 8;

/**
 * The users that a search is about; `undefined` for all of them.
 * @throws ApiError `guard.invalid_input` naming the parameter
 */
export function termOf(
  { conditions, joint, isCaseSensitive, findsPhones }: UserSearch,
  kind: Store['kind'],
): UserTerm | undefined {
  const terms = conditions.map((condition) => {
    checkValues(condition);
    const { field, mode, values } = condition;
    const typed = values.join('').trim();
    if (field === undefined && mode === 'like' && !holdsWildcard(typed))
      return startOf({ typed: unescaped(typed), findsPhones, kind });
    const everyField = searchFields.filter((each) => findsPhones || !mayHoldPhone(each, typed));
    return anyOf(
      (field ? [field] : everyField).flatMap((each) => {
        const term = fieldTerm(each, mode, values, isCaseSensitive);
        if (each === 'primaryPhone' || each === 'primaryEmail') return [term, ofOthers(kind, term)];
        return each === 'name' && !findsPhones ? allOf([term, hasNoAddressAsName]) : term;
      }),
    );
  });
  if (terms.length === 0) return undefined;
  return joint === 'and' ? allOf(terms) : anyOf(terms);
}

/**
 * Whether looking for this in the field could find out a number or an address, bit by bit: names and ids may hold one.
 * An id as a whole has to be known before.
 */
export const mayHoldPhone = (field: SearchField, typed: string): boolean =>
  field === 'primaryPhone' ||
  field === 'primaryEmail' ||
  (holdsDigits(typed) && (field !== 'id' || /[%_]/.test(typed)));

/** Whether a text is a pattern: `_` is in many usernames, and alone makes none. */
const holdsWildcard = (typed: string): boolean => /^(?:[^%\\]|\\.)*%/s.test(typed);
const unescaped = (typed: string): string => typed.replace(/\\([\\%_])/g, '$1');

function checkValues({ field, mode, values }: SearchCondition): void {
  const path = field ? `search.${field}` : 'search';
  const refuse = (message: string) =>
    new ApiError('guard.invalid_input', { issues: [{ in: 'querystring', path, message }] });
  if (!values.every(Boolean)) throw refuse('Search value cannot be empty. Leave it out, or say what to look for.');
  if (mode === 'exact') return;
  if (values.length > 1) throw refuse('Only one search value is allowed when search mode is not `exact`.');
  for (const value of values) {
    if (value.split('%').length > maxWildcards + 1) throw refuse(`A pattern has at most ${maxWildcards} %.`);
    if (/^(?:[^\\]|\\.)*\\$/s.test(value)) throw refuse('A pattern does not end with a single backslash.');
  }
}

function fieldTerm(
  field: SearchField,
  mode: SearchMode,
  values: readonly string[],
  isCaseSensitive: boolean,
): UserTerm {
  // PostgreSQL takes no text with a zero character.
  const texts = values.map((value) => value.replaceAll('\0', '').trim());
  if (mode === 'exact') return exactTerm(field, texts, isCaseSensitive);
  return allOf(texts.flatMap((text) => likeTerms(field, text, isCaseSensitive)));
}

function exactTerm(field: SearchField, values: readonly string[], isCaseSensitive: boolean): UserTerm {
  if (field === 'primaryPhone')
    return isOneOf(
      'phone',
      values.map((value) => parsePhone(value)?.e164 ?? value),
    );
  if (field === 'primaryEmail')
    return isOneOf(
      'email_key',
      values.map((value) => parseEmail(value)?.key ?? value.toLowerCase()),
    );
  if (isCaseSensitive) return isOneOf(field, values);
  if (field === 'id') return isOneOf('id', [...values, ...values.map((value) => value.toLowerCase())]);
  const keys = values.map((value) => keyOf(value)).filter((key) => key !== null);
  return allOf([
    isOneOfInAnyCase(field, values),
    ...(keys.length === values.length ? [anyOf(keys.map((key) => hasKey(`${field}_key`, key)))] : []),
  ]);
}

/** What is before the first wildcard narrows a search down, where there is an index for it. */
function likeTerms(field: SearchField, pattern: string, isCaseSensitive: boolean): UserTerm[] {
  const start = (/^(?:[^%_\\]|\\.)*/s.exec(pattern)?.[0] ?? '').replace(/\\(.)/gs, '$1');
  if (field === 'id') return [isLike('id', pattern, isCaseSensitive)];
  if (field === 'primaryPhone') {
    // A whole number is looked for as it is kept, whatever its spelling.
    if (!/[%_\\]/.test(pattern) && parsePhone(pattern)) return [exactTerm(field, [pattern], isCaseSensitive)];
    const digits = /^\+?(\d*)/.exec(start)?.[1];
    // No number holds what parts its digits when it is written.
    const written = withPlainDigits(pattern);
    const bare = /^[\d\s%+().-]+$/.test(written) ? written.replace(/[\s().-]/g, '') : pattern;
    return [isLike('phone', bare.replace(/^\+/, ''), true), ...(digits ? [phoneStartsWith(digits.slice(0, 15))] : [])];
  }
  if (field === 'primaryEmail') {
    const ascii = /^[!-~]*/.exec(start)?.[0];
    return [isLike('email', withAsciiLabels(pattern), isCaseSensitive), ...(ascii ? [emailStartsWith(ascii)] : [])];
  }
  const key = keyOf(start);
  return [isLike(field, pattern, isCaseSensitive), ...(key ? [keyStartsWith(`${field}_key`, key)] : [])];
}
