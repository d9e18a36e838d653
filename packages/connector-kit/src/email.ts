import { remember } from './remember.ts';

/** An email address, taken apart. */
export type ParsedEmail = {
  /** As it was typed; the domain in lower case and in ASCII (Punycode). */
  address: string;
  /** What two spellings of one address have in common: the address in lower case. */
  key: string;
  /** In lower case and in ASCII. */
  domain: string;
};

/** RFC 5321, section 4.5.3.1: a path of 256 bytes has its angle brackets. */
const longestAddress = 254;
const longestLocalPart = 64;
/** Nobody types more for one address; what takes longer the longer a text is need not be done for it. */
const longestTyped = 4 * longestAddress;
/** What programs that write from right to left put around an address that is copied from them, and nobody sees. */
const unseen = /^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu;
/** Atoms of RFC 5322, section 3.2.3; addresses in quotes and beyond ASCII (RFC 6531) are not taken. */
const otherInLocalPart = /[^\w!#$%&'*+/=?^`{|}~.-]/;
/** Labels of RFC 1035. */
const label = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/;
/** What ends in one of these is an IP address: https://url.spec.whatwg.org/#ends-in-a-number-checker */
const number = /^(?:\d+|0x[\da-f]*)$/i;

/** The domains of Gmail, whose mailboxes are the same at each: dots before them count for nothing there. */
export const gmailDomains: readonly string[] = ['gmail.com', 'googlemail.com'];

/**
 * The mailbox that an address leads to, written in one way: without a tag after a plus (RFC 5233), and at Gmail without
 * dots and in its first domain.
 * @param key an address in lower case; anything without an `@` stays what it is
 */
export function mailboxOf(key: string): string {
  const at = key.lastIndexOf('@');
  if (at < 0) return key;
  const [whole, domain] = [key.slice(0, at), key.slice(at + 1)];
  const local = whole.replace(/(?<=.)\+.*$/, '');
  return gmailDomains.includes(domain) ? `${local.replaceAll('.', '')}@${gmailDomains[0]}` : `${local}@${domain}`;
}

/** Why a text is no address that mail can be sent to, and what to do about it. */
export const emailProblems = {
  control: 'Leave out line breaks and control characters.',
  several: 'Give one address alone, without a comma or semicolon.',
  wrapped: 'Give the address alone, without a name and without < and > around it.',
  at: 'An address has an @ in its middle, for example ali@example.com.',
  ats: 'An address has one @ alone, for example ali@example.com.',
  local: 'Say whose mailbox it is: something has to stand before the @, for example ali@example.com.',
  domain: 'Say where the mailbox is: a domain has to stand after the @, for example ali@example.com.',
  quoted: 'Addresses with quotation marks are not taken. Give one without.',
  ascii:
    'Before the @ only plain letters are taken, a to z without accents. Give the address that the mailbox has without them, for example juergen@example.com.',
  space: 'Leave out the spaces in the address.',
  dots: 'Before the @ a dot stands between two other characters: neither first, nor last, nor twice in a row.',
  character: "Before the @ only letters a to z, digits, dots and !#$%&'*+-/=?^_`{|}~ are taken.",
  longLocal: `What stands before the @ is too long: it has ${longestLocalPart} characters at most.`,
  ip: 'After the @ stands a domain, and no IP address: for example ali@example.com.',
  noDot: 'The domain has no dot: write it out in full, for example ali@example.com.',
  domainDots: 'In the domain a dot stands between two names: neither first, nor last, nor twice in a row.',
  ending: 'The domain ends in a name of two letters at least, for example ali@example.com.',
  domainName:
    'The domain cannot be one. Each name between its dots has letters, digits and hyphens, does not begin or end with a hyphen, and has 63 characters at most.',
  long: `The address is too long: it has ${longestAddress} characters at most.`,
} as const;
export type EmailProblem = keyof typeof emailProblems;

/**
 * Reads an address as people type and paste it: with spaces and unseen marks around it, after `mailto:`, with a domain in
 * any script.
 * @returns undefined for what is no address that mail can be sent to
 */
export function parseEmail(text: string): ParsedEmail | undefined {
  const read = readEmail(text);
  return typeof read === 'string' ? undefined : read;
}

/** Reads an address like `parseEmail`. @returns for what is none, why; `emailProblems` has the sentences */
export function readEmail(text: string): ParsedEmail | EmailProblem {
  const whole = text.normalize('NFKC').trim();
  if (whole.length > longestTyped) return 'long';
  const typed = whole.replace(unseen, '').replace(/^mailto:/i, '');
  const at = typed.lastIndexOf('@');
  const [local, given] = [typed.slice(0, Math.max(at, 0)), typed.slice(at + 1)];
  const domain = given.length > longestAddress ? toAscii(given) : asciiDomain(given);
  const problem = problemOfWhole(typed, at) ?? problemOfLocalPart(local) ?? problemOfDomain(given, domain);
  if (problem) return problem;
  const address = `${local}@${domain}`;
  return address.length > longestAddress ? 'long' : { address, key: address.toLowerCase(), domain };
}

function problemOfWhole(typed: string, at: number): EmailProblem | undefined {
  const first = typed.indexOf('@');
  if (/\p{Cc}/u.test(typed)) return 'control';
  if (first < at && /[,;，；、]/.test(typed.slice(first, at))) return 'several';
  if (/[<>]/.test(typed)) return 'wrapped';
  if (at < 0) return 'at';
  if (typed.startsWith('"') || typed.includes('"@')) return 'quoted';
  return first < at ? 'ats' : undefined;
}

function problemOfLocalPart(local: string): EmailProblem | undefined {
  if (local === '') return 'local';
  if (/\s/.test(local)) return 'space';
  if (/[^\0-\x7f]/.test(local)) return 'ascii';
  if (/^\.|\.\.|\.$/.test(local)) return 'dots';
  if (otherInLocalPart.test(local)) return 'character';
  return local.length > longestLocalPart ? 'longLocal' : undefined;
}

function problemOfDomain(given: string, domain: string): EmailProblem | undefined {
  if (given === '') return 'domain';
  if (/\s/.test(given)) return 'space';
  // Other scripts have full stops of their own.
  const names = (domain || given).split(/[.。]/);
  if (given.startsWith('[') || number.test(names.at(-1) ?? '')) return 'ip';
  if (names.some((name) => name === '')) return 'domainDots';
  if (names.length === 1) return 'noDot';
  if (domain === '' || !names.every((name) => label.test(name))) return 'domainName';
  return (names.at(-1)?.length ?? 0) < 2 ? 'ending' : undefined;
}

/** A domain as the URL Standard writes it: https://url.spec.whatwg.org/#concept-domain-to-ascii. Empty for none. */
function toAscii(domain: string): string {
  const address = `http://${domain}`;
  return /[\s/\\?#:@%[\]]/.test(domain) || !URL.canParse(address) ? '' : new URL(address).hostname;
}

/** A domain as servers read it, in ASCII; what is none is empty. Domains are few, and read several times for each send. */
export const asciiDomain = remember(500, toAscii);
