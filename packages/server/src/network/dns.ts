import { Resolver } from 'node:dns/promises';

/** Looks names up. What does not exist is an empty list. @throws DnsError */
export type Dns = {
  /** The texts at a name, each put together from its parts. */
  txt: (name: string) => Promise<string[]>;
  /** The hosts that take mail for a domain, the best first. */
  mx: (name: string) => Promise<string[]>;
};

/** Nobody knows what a name has: looking up is switched off, or no answer came. */
export class DnsError extends Error {
  override readonly name = 'DnsError';
  readonly code: 'dns_off' | 'dns_unanswered';
  constructor(code: DnsError['code'], options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}

/** Which servers are asked: those of the system, these, or none. */
export type DnsServers = 'system' | 'off' | readonly string[];

/** An answer that did not come within this time (ms) is asked for once more. */
const defaultLimits = { timeout: 2_000, tries: 2 };
/** The name does not exist, or has no such record. */
const nothingThere = new Set(['ENOTFOUND', 'ENODATA']);

/** Asks servers of DNS; each is `address[:port]`, IPv6 in brackets. */
export function createDns(servers: DnsServers, limits = defaultLimits): Dns {
  if (servers === 'off') {
    const refuse = async () => {
      throw new DnsError('dns_off');
    };
    return { txt: refuse, mx: refuse };
  }
  const resolver = new Resolver(limits);
  if (servers !== 'system') resolver.setServers(servers);
  return {
    txt: async (name) => (await answered(resolver.resolveTxt(name))).map((parts) => parts.join('')),
    async mx(name) {
      const found = await answered(resolver.resolveMx(name));
      return found.sort((one, other) => one.priority - other.priority).map(({ exchange }) => exchange);
    },
  };
}

async function answered<T>(lookup: Promise<T[]>): Promise<T[]> {
  try {
    return await lookup;
  } catch (error) {
    if (nothingThere.has((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw new DnsError('dns_unanswered', { cause: error });
  }
}
