import { domainToASCII, domainToUnicode } from 'node:url';
import { gmailDomains } from '@sesame/connector-kit';
import { z } from 'zod';
import { ApiError } from '../errors.ts';
import { onOneLine } from '../plain-text.ts';

const listSchema = z
  .array(
    z
      .string()
      .max(256)
      .regex(...onOneLine),
  )
  .max(10_000);

/** Which email addresses new accounts may have, and accounts may get. */
export const emailBlocklistPolicySchema = z
  .object({
    blockDisposableAddresses: z
      .boolean()
      .describe('Not here: nobody keeps a list of such providers that is small. `false` only.'),
    blockSubaddressing: z.boolean().describe('Whether addresses with a `+` before the `@` are refused.'),
    customAllowlist: listSchema.describe('Where it has entries, no other addresses are taken.'),
    customBlocklist: listSchema.describe('Addresses that are refused, also where the other list has them.'),
  })
  .partial()
  .describe(
    'Which addresses a sign-up takes, and an account may get; who has one already goes on. Entries of the lists are addresses (`foo@example.com`) or domains (`@example.com`), in which `*` stands for any characters. Replaced as a whole.',
  );
export type EmailBlocklistPolicy = z.infer<typeof emailBlocklistPolicySchema>;

/**
 * What the policy comes to, each entry once.
 * @throws ApiError `request.invalid_input` for what is not here, as at a Logto of one's own;
 * `sign_in_experiences.invalid_custom_email_blocklist_format`
 */
export function checkEmailBlocklistPolicy(policy: EmailBlocklistPolicy): void {
  if (policy.blockDisposableAddresses) {
    throw new ApiError('request.invalid_input', {
      message:
        'There is no list of providers of disposable addresses here. Name those that you meet in customBlocklist.',
      field: 'emailBlocklistPolicy.blockDisposableAddresses',
    });
  }
  const entries = [...(policy.customAllowlist ?? []), ...(policy.customBlocklist ?? [])];
  const items = [...new Set(entries.filter((entry) => !isEntry(entry)))];
  if (items.length > 0) {
    throw new ApiError('sign_in_experiences.invalid_custom_email_blocklist_format', { items });
  }
}

/**
 * Whether accounts may get this address.
 * @throws ApiError `session.email_blocklist.email_subaddressing_not_allowed`, `session.email_blocklist.email_not_allowed`
 */
export function checkEmailIsAllowed(policy: EmailBlocklistPolicy, address: string): void {
  const email = address.toLowerCase();
  const [local = ''] = email.split('@');
  if (policy.blockSubaddressing && local.includes('+')) {
    throw new ApiError('session.email_blocklist.email_subaddressing_not_allowed');
  }
  const { allowed, blocked } = listsOf(policy);
  const blocking = blocked(email);
  if ((allowed && allowed(email).length === 0) || blocking.length > 0) {
    const isDomain = blocking.some(({ isOfAnybody }) => isOfAnybody);
    throw new ApiError('session.email_blocklist.email_not_allowed', { email: address, ...(isDomain && { isDomain }) });
  }
}

/** Gives the entries of a list that an address is on, both in lower case. */
type FindOn = (email: string) => Entry[];

function listsOf(policy: EmailBlocklistPolicy) {
  const known = lists.get(policy);
  if (known) return known;
  const { customAllowlist = [], customBlocklist = [] } = policy;
  const made = {
    allowed: customAllowlist.length === 0 ? undefined : finderOn(customAllowlist),
    blocked: finderOn(customBlocklist),
  };
  lists.set(policy, made);
  return made;
}

/** Anybody has addresses looked up, in lists of thousands that rarely change. */
const lists = new WeakMap<EmailBlocklistPolicy, { allowed: FindOn | undefined; blocked: FindOn }>();

function finderOn(list: readonly string[]): FindOn {
  const entries = list.flatMap((entry) => inEachScript(entry.normalize('NFKC').toLowerCase()).map(toEntry));
  return (email) => {
    const [local = '', domain = ''] = email.split('@');
    const isOfGmail = gmailDomains.includes(domain);
    const domains = isOfGmail ? gmailDomains : inEachScript(domain);
    const asDomain = domains.map((one) => `@${one}`);
    const atGmail = domains.map((one) => withoutDots(`${local}@${one}`));
    return entries.filter(({ isOfDomain, isLike, isLikeAtGmail }) => {
      if (isOfDomain) return asDomain.some(isLike);
      return isOfGmail ? atGmail.some(isLikeAtGmail) : domains.some((one) => isLike(`${local}@${one}`));
    });
  };
}

/** An entry of a list. Gmail knows no dots in what stands before the `@`. */
const toEntry = (entry: string) => ({
  isOfDomain: entry.startsWith('@'),
  isOfAnybody: /^\*?@/.test(entry),
  isLike: likeness(entry),
  isLikeAtGmail: likeness(withoutDots(entry)),
});
type Entry = ReturnType<typeof toEntry>;

/** An address or a domain, which has a dot and more than that and wildcards in it. */
function isEntry(entry: string): boolean {
  const [local, domain = '', ...more] = entry.split('@');
  if (local === undefined || more.length > 0 || /\s/.test(entry) || /^[*.]*$/.test(domain)) return false;
  return /^[^.]+(\.[^.]+)+$/.test(domain);
}

/**
 * An entry, or a domain, in ASCII as addresses are kept and in its own script: a name with wildcards (`büro*`) has no other
 * form, and stays as it is in both.
 */
function inEachScript(text: string): string[] {
  const at = text.lastIndexOf('@') + 1;
  const labels = text.slice(at).split('.');
  const forms = [domainToASCII, domainToUnicode].map((to) =>
    labels.map((label) => (label.includes('*') ? label : to(label) || label)).join('.'),
  );
  return [...new Set(forms)].map((form) => text.slice(0, at) + form);
}

const withoutDots = (text: string): string => {
  const [local = '', domain] = text.split('@');
  return `${local.replaceAll('.', '')}@${domain}`;
};

/**
 * Tells whether the pieces between wildcards follow each other in a text, no slower than the text is long for each
 * piece.
 */
function likeness(pattern: string): (text: string) => boolean {
  const pieces = pattern.split('*');
  if (pieces.length === 1) return (text) => text === pattern;
  const [first = ''] = pieces;
  const last = pieces.at(-1) ?? '';
  const between = pieces.slice(1, -1);
  return (text) => {
    if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
    let from = first.length;
    const end = text.length - last.length;
    for (const piece of between) {
      const found = text.indexOf(piece, from);
      if (found === -1 || found + piece.length > end) return false;
      from = found + piece.length;
    }
    return true;
  };
}
