import { parseEmail, parseMailbox } from '@sesame/connector-kit';
import type { ConnectorConfig, ConnectorFactory } from '../../connectors/connector-factory.ts';
import { ApiError } from '../../errors.ts';
import { type Dns, DnsError } from '../../network/dns.ts';
import type { Platform } from '../../platform.ts';
import { checkDkim, type Dkim } from './dkim.ts';
import { checkDmarc, type Dmarc } from './dmarc.ts';
import type { Finding, UnknownCode } from './finding.ts';
import { checkSpf, type Spf } from './spf.ts';

/** Whether the sender's domain takes mail: replies, and what comes back. `null_mx` says that it takes none (RFC 7505). */
export type Mx = Finding<'null_mx'> & { hosts: string[] };

/** What DNS says of a sender. */
export type Deliverability = {
  /** Of the sender, in ASCII; null where the configuration names none. */
  domain: string | null;
  checkedAt: number;
  spf: Spf;
  dkim: Dkim;
  dmarc: Dmarc;
  mx: Mx;
};

/** Where Logto's connectors, and ours after them, have the sender. */
const senderKeys = ['fromEmail', 'from', 'emailAddress', 'accountName', 'sender'];

/** The domain of the sender that a configuration names, in ASCII. */
export function senderDomainOf(config: ConnectorConfig): string | undefined {
  for (const key of senderKeys) {
    const value = config[key];
    const mailbox = typeof value === 'string' ? parseMailbox(value) : undefined;
    const parsed = mailbox && parseEmail(mailbox.address);
    if (parsed) return parsed.address.slice(parsed.address.lastIndexOf('@') + 1);
  }
  return undefined;
}

type Configured = {
  type: string;
  /** Missing when the connector's module is no longer installed. */
  factory: Pick<ConnectorFactory, 'delivery'> | undefined;
  config: ConnectorConfig;
};

/**
 * Looks up what SPF, DKIM and DMARC of the sender in a configuration say, saved or not. `selectors` are names of DKIM
 * keys, beside those that the provider is known for.
 * @throws ApiError `connector.unexpected_type` for a connector that sends no mails
 */
export async function checkDeliverability(
  { dns, now }: Pick<Platform, 'dns' | 'now'>,
  { type, factory, config }: Configured,
  selectors: readonly string[],
): Promise<Deliverability> {
  if (type !== 'Email') throw new ApiError('connector.unexpected_type', { type });
  const domain = senderDomainOf(config);
  const provider = factory?.delivery;
  const told = { domain: domain ?? null, checkedAt: now() };
  if (domain === undefined) return { ...told, ...unknown('sender_unknown') };
  const asked = [...new Set([...selectors, ...(provider?.dkimSelectors ?? [])])];
  const of = <T>(check: Promise<T>, part: (code: UnknownCode) => T) => check.catch((error) => part(codeOf(error)));
  const [spf, dkim, dmarc, mx] = await Promise.all([
    of(checkSpf(dns, domain, provider?.spfInclude), (code) => unknown(code).spf),
    of(checkDkim(dns, domain, asked), (code) => unknown(code).dkim),
    of(checkDmarc(dns, domain), (code) => unknown(code).dmarc),
    of(checkMx(dns, domain), (code) => unknown(code).mx),
  ]);
  return { ...told, spf, dkim, dmarc, mx };
}

async function checkMx(dns: Dns, domain: string): Promise<Mx> {
  const hosts = await dns.mx(domain);
  if (hosts.length === 0) return { state: 'missing', codes: [], hosts };
  return hosts.join('') === '' ? { state: 'warn', codes: ['null_mx'], hosts: [] } : { state: 'pass', codes: [], hosts };
}

function codeOf(error: unknown): UnknownCode {
  if (error instanceof DnsError) return error.code;
  throw error;
}

function unknown(code: UnknownCode) {
  const finding = { state: 'unknown' as const, codes: [code] };
  return {
    spf: { ...finding, record: null, lookups: null, include: null },
    dkim: { ...finding, selectors: [] },
    dmarc: { ...finding, record: null, domain: null, policy: null },
    mx: { ...finding, hosts: [] },
  } satisfies Pick<Deliverability, 'spf' | 'dkim' | 'dmarc' | 'mx'>;
}
