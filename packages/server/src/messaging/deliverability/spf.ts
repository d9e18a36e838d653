import type { Dns } from '../../network/dns.ts';
import { type Finding, findingOf } from './finding.ts';

/**
 * What is told of SPF.
 * - `several_records`, `syntax`, `too_many_lookups`, `loop`, `include_without_record`: receivers take the record for an
 *   error (RFC 7208, sections 3.2, 4.6 and 5.2)
 * - `passes_all`: everybody may send for the domain
 * - `neutral_all`, `no_all`: it says nothing of who is not listed
 * - `provider_not_included`: the provider sends as the domain, and the record does not name it
 */
export const spfCodes = [
  'several_records',
  'syntax',
  'too_many_lookups',
  'loop',
  'include_without_record',
  'passes_all',
  'neutral_all',
  'no_all',
  'provider_not_included',
] as const;
export type SpfCode = (typeof spfCodes)[number];

export type Spf = Finding<SpfCode> & {
  record: string | null;
  /** How many further names receivers have to look up; ten at most. */
  lookups: number | null;
  /** What the record should include for the provider, where that is known. */
  include: string | null;
};

const levels: Record<SpfCode, 'invalid' | 'warn' | 'note'> = {
  several_records: 'invalid',
  syntax: 'invalid',
  too_many_lookups: 'invalid',
  loop: 'invalid',
  include_without_record: 'invalid',
  passes_all: 'warn',
  neutral_all: 'warn',
  no_all: 'warn',
  provider_not_included: 'warn',
};

/** RFC 7208, section 4.6.4. */
const maxLookups = 10;

const domainSpec = String.raw`[^\s/:]+`;
const cidr = String.raw`(?:/\d{1,2})?(?://\d{1,3})?`;
const term = new RegExp(
  `^(?:[+?~-]?(?:all|include:${domainSpec}|(?:a|mx)(?::${domainSpec})?${cidr}|ptr(?::${domainSpec})?` +
    String.raw`|ip4:[\d.]+(?:/\d{1,2})?|ip6:[\da-f:.]+(?:/\d{1,3})?|exists:${domainSpec})|[a-z][\w.-]*=\S*)$`,
  'i',
);
const asksDns = /^[+?~-]?(?:include:|a(?:[:/]|$)|mx(?:[:/]|$)|ptr(?::|$)|exists:)|^redirect=/i;
const policyOf = /^[+?~-]?include:(\S+)$|^redirect=(\S+)$/i;

type Walk = { lookups: number; codes: SpfCode[]; included: Set<string> };

/** What SPF of a domain says (RFC 7208). @throws DnsError */
export async function checkSpf(dns: Dns, domain: string, include: string | undefined): Promise<Spf> {
  const records = await spfRecords(dns, domain);
  const [record = null] = records;
  const told = { record, lookups: null, include: include ?? null };
  if (record === null) return { ...told, state: 'missing', codes: [] };
  if (records.length > 1) return { ...told, ...findingOf<SpfCode>(['several_records'], levels) };
  const walk: Walk = { lookups: 0, codes: [], included: new Set() };
  const last = await follow(dns, record, walk, [domain]);
  if (walk.lookups > maxLookups) walk.codes.push('too_many_lookups');
  if (!walk.codes.includes('syntax')) walk.codes.push(...codesOfAll(last));
  if (include !== undefined && !walk.included.has(include)) walk.codes.push('provider_not_included');
  return { ...told, lookups: walk.lookups, ...findingOf(walk.codes, levels) };
}

async function spfRecords(dns: Dns, domain: string): Promise<string[]> {
  return (await dns.txt(domain)).filter((text) => /^v=spf1(?: |$)/i.test(text));
}

const termsOf = (record: string) => record.split(/ +/).slice(1).filter(Boolean);

/** Counts what the record asks for, and follows what it includes. @returns the record that decides in the end */
async function follow(dns: Dns, record: string, walk: Walk, path: readonly string[]): Promise<string> {
  const terms = termsOf(record);
  if (!terms.every((each) => term.test(each))) walk.codes.push('syntax');
  // What follows `all` is never looked at, and `redirect` not where there is one (RFC 7208, sections 5.1 and 6.1).
  const all = terms.findIndex((each) => /^[+?~-]?all$/i.test(each));
  const read = all < 0 ? terms : terms.slice(0, all).filter((each) => !/^redirect=/i.test(each));
  let decides = record;
  for (const each of read) {
    if (!asksDns.test(each)) continue;
    walk.lookups += 1;
    const [, included, redirected] = policyOf.exec(each) ?? [];
    const target = (included ?? redirected)?.toLowerCase().replace(/\.$/, '');
    // A name with macros depends on the mail.
    if (target === undefined || target.includes('%') || walk.lookups > maxLookups) continue;
    walk.included.add(target);
    if (path.includes(target)) {
      walk.codes.push('loop');
      continue;
    }
    const found = await spfRecords(dns, target);
    const [next] = found;
    if (found.length !== 1 || next === undefined) walk.codes.push('include_without_record');
    else {
      const last = await follow(dns, next, walk, [...path, target]);
      if (redirected) decides = last;
    }
  }
  return decides;
}

function codesOfAll(record: string): SpfCode[] {
  const terms = termsOf(record);
  const all = terms.find((each) => /^[+?~-]?all$/i.test(each));
  if (all === undefined) return ['no_all'];
  if (/^\+?all$/i.test(all)) return ['passes_all'];
  return all.startsWith('?') ? ['neutral_all'] : [];
}
