import { domainToASCII } from 'node:url';
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
export function checkEmailIsAllowed(
  { blockSubaddressing, customAllowlist = [], customBlocklist = [] }: EmailBlocklistPolicy,
  address: string,
): void {
  const email = address.toLowerCase();
  const [local = ''] = email.split('@');
  if (blockSubaddressing && local.includes('+')) {
    throw new ApiError('session.email_blocklist.email_subaddressing_not_allowed');
  }
  const foundOn = (list: readonly string[]) => list.filter((entry) => matches(inAscii(entry.toLowerCase()), email));
  const isAllowed = customAllowlist.length === 0 || foundOn(customAllowlist).length > 0;
  const blocking = foundOn(customBlocklist);
  if (!isAllowed || blocking.length > 0) {
    const isDomain = blocking.some((entry) => /^\*?@/.test(entry));
    throw new ApiError('session.email_blocklist.email_not_allowed', { email: address, ...(isDomain && { isDomain }) });
  }
}

/** An address or a domain, which has a dot and more than that and wildcards in it. */
function isEntry(entry: string): boolean {
  const [local, domain = '', ...more] = entry.split('@');
  if (local === undefined || more.length > 0 || /\s/.test(entry) || /^[*.]*$/.test(domain)) return false;
  return /^[^.]+(\.[^.]+)+$/.test(domain);
}

/** An entry with its domain as addresses are kept; labels with wildcards stay as they are. */
function inAscii(entry: string): string {
  const at = entry.lastIndexOf('@') + 1;
  const labels = entry.slice(at).normalize('NFKC').split('.');
  return (
    entry.slice(0, at) + labels.map((label) => (label.includes('*') ? label : domainToASCII(label) || label)).join('.')
  );
}

const withoutDots = (text: string): string => {
  const [local = '', domain] = text.split('@');
  return `${local.replaceAll('.', '')}@${domain}`;
};

/** Both in lower case. */
function matches(entry: string, email: string): boolean {
  const [local = '', domain = ''] = email.split('@');
  const isOfGmail = gmailDomains.includes(domain);
  const domains = isOfGmail ? gmailDomains : [domain];
  if (entry.startsWith('@')) return domains.some((one) => isLike(entry, `@${one}`));
  if (!isOfGmail) return isLike(entry, email);
  return domains.some((one) => isLike(withoutDots(entry), withoutDots(`${local}@${one}`)));
}

/** Whether the pieces between wildcards follow each other in a text. Takes no longer than the text is long, for each piece. */
function isLike(pattern: string, text: string): boolean {
  const pieces = pattern.split('*');
  const [first = ''] = pieces;
  if (pieces.length === 1) return pattern === text;
  const last = pieces.at(-1) ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let from = first.length;
  const end = text.length - last.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, from);
    if (found === -1 || found + piece.length > end) return false;
    from = found + piece.length;
  }
  return true;
}
