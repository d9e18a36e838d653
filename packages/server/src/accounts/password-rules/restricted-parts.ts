import { parseEmail, parsePhone } from '@sesame/connector-kit';
import type { PasswordPolicy } from '../../password-policy.ts';

/** Whose password it is to be: what others may know of the person. */
export type PasswordOwner = {
  name?: string | null | undefined;
  username?: string | null | undefined;
  primaryEmail?: string | null | undefined;
  /** E.164 with the plus. */
  primaryPhone?: string | null | undefined;
  otherEmails?: readonly string[] | undefined;
  otherPhones?: readonly string[] | undefined;
};

/** What a part of a password can be that is easily guessed. */
export type RestrictedPart = 'repetition' | 'sequence' | 'words' | 'user_info';

/** So many characters in a row make a repetition or a sequence. */
const shortestRun = 3;
/** So many characters that are no restricted part are enough. */
const enoughFree = 3;

/**
 * What a password consists of that is easily guessed, where that is nearly all of it: fewer than three characters remain.
 * The rule is Logto's.
 * @returns what it is, in the order in which it stands there; nothing where enough remains
 */
export function findRestrictedParts(
  password: string,
  { repetitionAndSequence, userInfo, words }: PasswordPolicy['rejects'],
  owner: PasswordOwner,
): RestrictedPart[] {
  const characters = [...password];
  const lower = characters.map(toLower);
  const known = byStart(userInfo ? infoOf(owner) : []);
  const listed = listedIn(words);
  const measures: Record<RestrictedPart, (from: number) => number> = {
    repetition: (from) => (repetitionAndSequence ? repetitionAt(characters, from) : 0),
    sequence: (from) => (repetitionAndSequence ? sequenceAt(characters, from) : 0),
    words: (from) => longestAt(lower, from, listed),
    user_info: (from) => longestAt(lower, from, known),
  };
  const isRestricted = new Array<boolean>(characters.length).fill(false);
  const found = new Set<RestrictedPart>();
  for (const from of characters.keys()) {
    for (const part of Object.keys(measures) as RestrictedPart[]) {
      const length = measures[part](from);
      if (length === 0) continue;
      isRestricted.fill(true, from, from + length);
      found.add(part);
    }
  }
  if (userInfo && isRecipient(password, owner)) return [...found.add('user_info')];
  const restricted = isRestricted.filter(Boolean).length;
  return restricted > Math.max(1, characters.length - enoughFree) ? [...found] : [];
}

function repetitionAt(characters: readonly string[], from: number): number {
  let to = from + 1;
  while (characters[to] === characters[from] && to < characters.length) to += 1;
  return to - from < shortestRun ? 0 : to - from;
}

/** Rows and columns of keyboards (QWERTY, QWERTZ, AZERTY), digits and letters. */
const rows = ['01234567890', 'abcdefghijklmnopqrstuvwxyz']
  .concat(['qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qwertzuiop', 'yxcvbnm', 'azertyuiop', 'qsdfghjklm', 'wxcvbn'])
  .concat(['1qaz', '2wsx', '3edc', '4rfv', '5tgb', '6yhn', '7ujm', '8ik', '9ol']);
const sequences = rows.flatMap((row) => [row, [...row].reverse().join('')]).flatMap((row) => [row, row.toUpperCase()]);

function sequenceAt(characters: readonly string[], from: number): number {
  let [length, text] = [0, ''];
  for (const character of characters.slice(from)) {
    text += character;
    if (!sequences.some((row) => row.includes(text))) break;
    length += 1;
  }
  return length < shortestRun ? 0 : length;
}

/** Words in lower case, as characters, by the first of them. */
type WordsByStart = ReadonlyMap<string, readonly (readonly string[])[]>;

const byStart = (words: readonly string[]): WordsByStart =>
  Map.groupBy(
    words.map((word) => [...word].map(toLower)),
    ([first = '']) => first,
  );

/** Those of a policy, which judges many passwords. */
function listedIn(words: readonly string[]): WordsByStart {
  const known = listedWords.get(words) ?? byStart(words);
  listedWords.set(words, known);
  return known;
}
const listedWords = new WeakMap<readonly string[], WordsByStart>();

function longestAt(lower: readonly string[], from: number, words: WordsByStart): number {
  const possible = words.get(lower[from] ?? '') ?? [];
  const matching = possible.filter((word) => word.every((character, index) => lower[from + index] === character));
  return Math.max(0, ...matching.map((word) => word.length));
}

const emailsOf = ({ primaryEmail, otherEmails = [] }: PasswordOwner) => [primaryEmail ?? [], otherEmails].flat();
const phonesOf = ({ primaryPhone, otherPhones = [] }: PasswordOwner) => [primaryPhone ?? [], otherPhones].flat();

function infoOf({ name, username, ...owner }: PasswordOwner): string[] {
  const names = name ? [name, name.replace(/\s+/g, ''), ...name.split(/\s+/)] : [];
  const mailboxes = emailsOf(owner).map((email) => email.split('@')[0] ?? '');
  return [...names, username ?? '', ...mailboxes, ...phonesOf(owner).flatMap(digitsOf)]
    .map((text) => text.normalize('NFKC'))
    .filter((text) => text !== '');
}

/** The ways to write a number in digits alone. */
function digitsOf(phone: string): string[] {
  const national = parsePhone(phone)?.nationalNumber;
  return [phone.replace(/\D/g, ''), ...(national ? [national, `0${national}`] : [])];
}

/** Where codes go is known to others as a whole, however little of it is a name. */
function isRecipient(password: string, owner: PasswordOwner): boolean {
  const key = parseEmail(password)?.key;
  return (
    phonesOf(owner)
      .flatMap(digitsOf)
      .includes(password.replace(/[\s().+-]/g, '')) ||
    (key !== undefined && emailsOf(owner).some((email) => parseEmail(email)?.key === key))
  );
}

const toLower = (character: string) => character.toLowerCase();
