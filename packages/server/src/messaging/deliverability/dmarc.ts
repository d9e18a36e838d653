import type { Dns } from '../../network/dns.ts';
import { type Finding, findingOf } from './finding.ts';
import { readTags } from './tags.ts';

/**
 * What is told of DMARC (RFC 7489).
 * - `several_records`, `syntax`: receivers pass over it
 * - `policy_none`: forged mails arrive all the same; `no_reports`: nobody is told of them; `partial`: `pct` is below 100
 * - `inherited`: the record is that of a domain above
 */
export const dmarcCodes = ['several_records', 'syntax', 'policy_none', 'partial', 'no_reports', 'inherited'] as const;
export type DmarcCode = (typeof dmarcCodes)[number];

export const dmarcPolicies = ['none', 'quarantine', 'reject'] as const;
export type DmarcPolicy = (typeof dmarcPolicies)[number];

export type Dmarc = Finding<DmarcCode> & {
  record: string | null;
  /** The domain that has the record. */
  domain: string | null;
  policy: DmarcPolicy | null;
};

const levels: Record<DmarcCode, 'invalid' | 'warn' | 'note'> = {
  several_records: 'invalid',
  syntax: 'invalid',
  policy_none: 'warn',
  partial: 'warn',
  no_reports: 'note',
  inherited: 'note',
};

/** As many names as a receiver asks for, at most. */
const maxNames = 8;

/**
 * What DMARC of a domain says, or of the nearest domain above it that has a record.
 * @see https://datatracker.ietf.org/doc/draft-ietf-dmarc-dmarcbis/ (DNS tree walk)
 * @throws DnsError
 */
export async function checkDmarc(dns: Dns, domain: string): Promise<Dmarc> {
  for (const at of namesAbove(domain)) {
    const records = (await dns.txt(`_dmarc.${at}`)).filter((text) => /^v\s*=\s*DMARC1\s*(?:;|$)/.test(text));
    const [record] = records;
    if (record === undefined) continue;
    const isInherited = at !== domain;
    const tags = records.length === 1 ? readTags(record) : undefined;
    // Under it anybody may have a name; its record is about nobody's mails in particular.
    if (isInherited && tags?.get('psd')?.toLowerCase() === 'y') continue;
    const wanted = tags?.get(isInherited && tags.has('sp') ? 'sp' : 'p')?.toLowerCase();
    // What names no policy, and whom to report to, counts as `none` (RFC 7489, section 6.6.3).
    const policy = dmarcPolicies.find((each) => each === wanted) ?? (tags?.has('rua') ? 'none' : null);
    const codes: DmarcCode[] = [
      ...(records.length > 1 ? (['several_records'] as const) : []),
      ...(records.length === 1 && policy === null ? (['syntax'] as const) : []),
      ...(policy === 'none' ? (['policy_none'] as const) : []),
      ...(tags?.has('pct') && tags.get('pct') !== '100' ? (['partial'] as const) : []),
      ...(tags?.has('rua') === false ? (['no_reports'] as const) : []),
      ...(isInherited ? (['inherited'] as const) : []),
    ];
    return { record, domain: at, policy, ...findingOf(codes, levels) };
  }
  return { record: null, domain: null, policy: null, state: 'missing', codes: [] };
}

/** The domain, then those above it down to two labels; of a long one the names in the middle are left out. */
function namesAbove(domain: string): string[] {
  const labels = domain.split('.');
  const above = labels.slice(1, -1).map((_, index) => labels.slice(index + 1).join('.'));
  return [domain, ...above.slice(1 - maxNames)];
}
