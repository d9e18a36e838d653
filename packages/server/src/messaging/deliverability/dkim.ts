import { createPublicKey } from 'node:crypto';
import { type Dns, DnsError } from '../../network/dns.ts';
import { type Finding, findingOf, type RecordState } from './finding.ts';
import { readTags } from './tags.ts';

/**
 * What is told of DKIM.
 * - `selectors_unknown`: nobody knows under which names the keys are; give one
 * - `key_missing`, `key_revoked`, `key_unreadable`, `key_too_short`: mails signed with this key do not count (RFC 6376,
 *   section 3.6.1; RFC 8301)
 * - `key_short`: 2048 bits are better; `testing`: receivers are told not to mind (`t=y`)
 */
export const dkimCodes = [
  'selectors_unknown',
  'key_missing',
  'key_revoked',
  'key_unreadable',
  'key_too_short',
  'key_short',
  'testing',
] as const;
export type DkimCode = (typeof dkimCodes)[number];

export type Dkim = Finding<DkimCode> & {
  selectors: (Finding<DkimCode> & { selector: string; record: string | null })[];
};

const levels: Record<DkimCode, 'invalid' | 'warn' | 'note'> = {
  selectors_unknown: 'note',
  key_missing: 'note',
  key_revoked: 'invalid',
  key_unreadable: 'invalid',
  key_too_short: 'invalid',
  key_short: 'warn',
  testing: 'warn',
};

const leastBits = 1024;
const goodBits = 2048;

/** The best of several keys counts: a provider signs with any of them. */
const fromBest: readonly RecordState[] = ['pass', 'warn', 'invalid', 'missing', 'unknown'];

/** What the keys of a domain under these selectors say. @throws DnsError where nothing is known of any */
export async function checkDkim(dns: Dns, domain: string, selectors: readonly string[]): Promise<Dkim> {
  const looks = await Promise.allSettled(selectors.map((selector) => checkSelector(dns, domain, selector)));
  const isAnyKnown = looks.some(({ status }) => status === 'fulfilled');
  const checked = looks.map((look, index) => {
    if (look.status === 'fulfilled') return look.value;
    if (!isAnyKnown || !(look.reason instanceof DnsError)) throw look.reason;
    return { selector: selectors[index] ?? '', record: null, state: 'unknown' as const, codes: [look.reason.code] };
  });
  const state = fromBest.find((each) => checked.some((one) => one.state === each)) ?? 'unknown';
  const codes =
    checked.length === 0 ? (['selectors_unknown'] as const) : [...new Set(checked.flatMap((one) => one.codes))];
  return { state, codes: [...codes], selectors: checked };
}

async function checkSelector(dns: Dns, domain: string, selector: string): Promise<Dkim['selectors'][number]> {
  // Where there are several, receivers take any one (RFC 6376, section 3.6.2.2).
  const [record] = (await dns.txt(`${selector}._domainkey.${domain}`)).filter((text) => readTags(text)?.has('p'));
  if (record === undefined) return { selector, record: null, state: 'missing', codes: ['key_missing'] };
  return { selector, record, ...findingOf(codesOf(record), levels) };
}

function codesOf(record: string): DkimCode[] {
  const tags = readTags(record) ?? new Map<string, string>();
  const key = tags.get('p')?.replace(/\s/g, '') ?? '';
  if ((tags.get('v') ?? 'DKIM1') !== 'DKIM1') return ['key_unreadable'];
  if (key === '') return ['key_revoked'];
  const testing: DkimCode[] = (tags.get('t') ?? '').split(':').some((flag) => flag.trim() === 'y') ? ['testing'] : [];
  return [...testing, ...codesOfKey(tags.get('k') ?? 'rsa', Buffer.from(key, 'base64'))];
}

function codesOfKey(type: string, key: Buffer): DkimCode[] {
  // RFC 8463: the 32 bytes of the key alone.
  if (type === 'ed25519') return key.length === 32 ? [] : ['key_unreadable'];
  const bits = type === 'rsa' ? bitsOf(key) : undefined;
  if (bits === undefined) return ['key_unreadable'];
  if (bits < leastBits) return ['key_too_short'];
  return bits < goodBits ? ['key_short'] : [];
}

/** Keys are SubjectPublicKeyInfo; some publish the older RSAPublicKey (RFC 6376, errata 3017). */
function bitsOf(key: Buffer): number | undefined {
  for (const type of ['spki', 'pkcs1'] as const) {
    try {
      return createPublicKey({ key, format: 'der', type }).asymmetricKeyDetails?.modulusLength;
    } catch {}
  }
  return undefined;
}
