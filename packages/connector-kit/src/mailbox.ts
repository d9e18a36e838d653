import { asciiDomain } from './email.ts';

/** Who a mail is from, or where answers to it go (RFC 5322, section 3.4). */
export type Mailbox = {
  /** As people read it; empty for none. */
  name: string;
  address: string;
};

/** Looser than what mail is sent to: operators have senders such as `codes@localhost`. */
const addressAlone = /^[^\s\p{Cc}@<>()[\],;:\\"]+@[^\s\p{Cc}@<>()[\],;:\\"]+$/u;
const quoted = /^"((?:[^"\\]|\\.)*)"$/s;

/**
 * Reads `Name <address>`, `"Name" <address>` or an address alone.
 * @returns undefined for what has no address, several, or a control character
 */
export function parseMailbox(text: string): Mailbox | undefined {
  const [, before = '', address = ''] = /^([^\p{Cc}\u2028\u2029\u202D\u202E]*?)<([^<>]*)>$/u.exec(text.trim()) ?? [
    '',
    '',
    text.trim(),
  ];
  const phrase = before.trim();
  const name = quoted.exec(phrase)?.[1]?.replace(/\\(.)/g, '$1') ?? phrase;
  const isOne = quoted.test(phrase) || !/[<>"]/.test(phrase);
  return isOne && addressAlone.test(address.trim()) ? { name, address: address.trim() } : undefined;
}

/** The mailbox with its domain in ASCII: neither servers nor providers read others. */
export function inAscii({ name, address }: Mailbox): Mailbox {
  const at = address.lastIndexOf('@') + 1;
  const domain = address.slice(at);
  return { name, address: address.slice(0, at) + (asciiDomain(domain) || domain) };
}

/** A mailbox as a header holds it, in ASCII apart from the address: names in quotes, or in encoded words (RFC 2047). */
export function mailboxText({ name, address }: Mailbox): string {
  if (name === '') return address;
  const phrase = isPlain(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : encodedWords(name);
  return `${phrase} <${address}>`;
}

/** A text as a header holds it: as it is in ASCII, else in encoded words (RFC 2047). */
export const headerWords = (text: string): string => (isPlain(text) ? text : encodedWords(text));

/** What looks like an encoded word has to be one; and a line has to end somewhere (RFC 5322, section 2.1.1). */
const isPlain = (text: string): boolean => /^[\x20-\x7e]*$/.test(text) && !text.includes('=?') && !/\S{900}/.test(text);

/** An encoded word has 75 characters at most, and ends between characters. */
const bytesOfWord = 45;

function encodedWords(text: string): string {
  const words = [''];
  for (const character of text) {
    const word = words.at(-1) + character;
    if (Buffer.byteLength(word) > bytesOfWord) words.push(character);
    else words[words.length - 1] = word;
  }
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join(' ');
}
