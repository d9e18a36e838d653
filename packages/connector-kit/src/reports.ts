import type { z } from 'zod';
import type { ConnectorErrorData } from './connector-error.ts';
import type { ProviderFetch } from './provider-request.ts';

/** How far a provider says that a message came: on its way to the carrier, to the phone, or nowhere. */
export type ReportState = 'sent' | 'delivered' | 'undelivered';

/**
 * What a provider says of a message that it had accepted. It is a claim: some carriers report as delivered what was not,
 * and reports come late, twice and out of order.
 */
export type DeliveryReport = {
  /** Sesame's own id of the message, where the provider brings it back. */
  messageId?: string | undefined;
  /** The provider's id, as `send` gave it. */
  providerMessageId?: string | undefined;
  /** Whom the message went to: a number in E.164, or an address; needed where the provider's id is all there is. */
  recipient?: string | undefined;
  state: ReportState;
  /** Of one that was not delivered: who has to do something about it, and one sentence for the administrator. */
  kind?: ConnectorErrorData['kind'] | undefined;
  meaning?: string | undefined;
  /** The provider's own code, and what it says in words. */
  providerCode?: string | undefined;
  providerMessage?: string | undefined;
  /**
   * Of a mail: its recipient gets no more until an administrator says so, as the mailbox is gone for good, or whoever has
   * it called the mail spam. `meaning` says which.
   */
  suppress?: boolean | undefined;
  /** When it happened, by the provider's clock: milliseconds since the epoch. */
  at?: number | undefined;
  /** How many SMS the message was billed as. */
  parts?: number | undefined;
  /** What it cost: a decimal number as a text, not negative, and the currency (ISO 4217). */
  price?: { amount: string; currency: string } | undefined;
  /** The network of the phone: the country and network code (MCC and MNC), digits alone. */
  network?: string | undefined;
};

/** A request of a provider, as it came. */
export type ReportRequest = {
  method: string;
  /** The addresses that the provider may have called, with the query, the one of the public URL first. */
  urls: readonly string[];
  /** By their names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  body: Buffer;
};

/** What was read, and what the provider wants to hear; an empty 200 by default. */
export type ReadReports = {
  reports: DeliveryReport[];
  reply?: { contentType: string; body: string } | undefined;
};

/** What a connector reads reports with; the configuration may be one of before, or gone. */
export type ReportContext<Config> = { config: Partial<Config>; now: () => number };

/** The same with a way to what a report refers to, such as the certificate that it is signed with. */
export type AskingReportContext<Config> = ReportContext<Config> & { fetch: ProviderFetch; timeoutMs: number };

/** How a connector hears what became of messages. */
export type Reports<Config> = {
  /** Whether the address goes along with each message, or is entered once at the provider. */
  addressIs: 'sent' | 'entered';
  /** @throws ReportRefusal for what is not from the provider, or cannot be read */
  read: (request: ReportRequest, context: AskingReportContext<Config>) => ReadReports | Promise<ReadReports>;
};

/**
 * Not signed as it must be (403), not to be read (400), or not to be checked just now, so that it is to come again
 * (503).
 */
export type ReportRefusalReason = 'forged' | 'unreadable' | 'unchecked';

/** A request that no report is taken from. */
export class ReportRefusal extends Error {
  readonly reason: ReportRefusalReason;

  constructor(reason: ReportRefusalReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** The parameters of a form, or of the query where the request has no body. */
export function formOf({ method, urls, body }: ReportRequest): URLSearchParams {
  return method === 'GET' || body.length === 0 ? queryOf(urls) : new URLSearchParams(body.toString('utf8'));
}

/** The parameters of the query. */
export const queryOf = ([url = '']: readonly string[]): URLSearchParams =>
  new URLSearchParams(url.slice(url.indexOf('?') + 1 || url.length));

/**
 * Every name of a form or a query once, in order, with its values in order, as providers sign them. In one pass: there may
 * be tens of thousands of names, and whoever sends them has shown nothing yet.
 */
export function inOrderOfNames(parameters: URLSearchParams): [name: string, values: string[]][] {
  const values = new Map<string, string[]>();
  for (const [name, value] of parameters) {
    const known = values.get(name);
    if (known) known.push(value);
    else values.set(name, [value]);
  }
  return [...values.keys()].sort().map((name) => [name, (values.get(name) ?? []).sort()]);
}

/** Whether a body is JSON, by what the request calls it, or by how it begins: no form begins like that. */
export const isJson = ({ headers, body }: Pick<ReportRequest, 'headers' | 'body'>): boolean =>
  body.length > 0 &&
  (/^[^;]*\bjson\b/i.test(headers['content-type'] ?? '') || /^\ufeff?\s*[[{]/.test(body.toString('utf8', 0, 64)));

/** Reads a body, also one that begins with a byte order mark. @throws ReportRefusal when it is no JSON */
export function jsonOf({ body }: Pick<ReportRequest, 'body'>): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    throw new ReportRefusal('unreadable', 'The body is no JSON.');
  }
}

/** @throws ReportRefusal when the value is not shaped as the provider documents */
export function shapedAs<Guard extends z.ZodType>(guard: Guard, value: unknown): z.output<Guard> {
  const read = guard.safeParse(value);
  if (read.success) return read.data;
  const at = read.error.issues[0]?.path.join('.') || 'the whole';
  throw new ReportRefusal('unreadable', `The report is not as documented: ${at}.`);
}

/**
 * The items of a list that are shaped as the provider documents: one that is not costs no other.
 * @throws ReportRefusal when it is no list, or none of its items is
 */
export function itemsShapedAs<Guard extends z.ZodType>(guard: Guard, list: unknown): z.output<Guard>[] {
  if (!Array.isArray(list)) throw new ReportRefusal('unreadable', 'The report is not as documented: it is no list.');
  const items = itemsFitting(guard, list);
  if (list.length > 0 && items.length === 0) shapedAs(guard, list[0]);
  return items;
}

/**
 * For a field without which the rest of a report counts all the same: whatever else stands there is as if it were not
 * there.
 */
export const loosely = <Guard extends z.ZodType>(guard: Guard) => guard.nullish().catch(undefined);

/** The items of a list that are shaped as they should be. */
export const itemsFitting = <Guard extends z.ZodType>(guard: Guard, list: readonly unknown[]): z.output<Guard>[] =>
  list.flatMap((item) => {
    const { success, data } = guard.safeParse(item);
    return success ? [data] : [];
  });

/**
 * Milliseconds since the epoch of a time as providers write it; nothing where it is none.
 * @param zone of one that does not tell its own, such as `+08:00`
 */
export function timeOf(text: string | null | undefined, zone = ''): number | undefined {
  const at = Date.parse(zone ? `${text?.replace(' ', 'T')}${zone}` : (text ?? ''));
  return Number.isNaN(at) ? undefined : at;
}

/** What a provider's statuses mean; nothing for any other word that it, or whoever plays it, may send. */
export const statusesMean =
  (meanings: Readonly<Record<string, ReportState>>) =>
  (status: string): ReportState | undefined =>
    Object.hasOwn(meanings, status) ? meanings[status] : undefined;

/** A number in E.164 out of the digits that providers write without the plus. */
export const withPlus = (digits: string): `+${string}` => `+${digits.replace(/^(?:\+|00)/, '')}`;

/** A decimal amount as providers write it (also negative, or as a number), as a text that is not negative. */
export function amountOf(value: string | number | null | undefined): string | undefined {
  const text = typeof value === 'number' ? value.toFixed(6).replace(/\.?0+$/, '') : value?.trim();
  const found = text === undefined ? undefined : /^-?(\d{1,12}(?:\.\d{1,12})?)$/.exec(text)?.[1];
  return found;
}

/**
 * Whether the provider can get to an address for reports: one that means this machine says nothing to a provider that
 * is elsewhere, and some refuse the message with it.
 * @param config of the connector; `endpoint` is where the provider is, where that is not where it always is
 */
export function isWithinReach(reportUrl: string, config: { endpoint?: unknown }): boolean {
  return !isOfThisMachine(reportUrl) || (typeof config.endpoint === 'string' && isOfThisMachine(config.endpoint));
}

function isOfThisMachine(url: string): boolean {
  const { hostname } = URL.parse(url) ?? { hostname: '' };
  return /^(?:localhost|(?:.*\.)?localhost|127(?:\.\d+){3}|\[::1\]|0\.0\.0\.0)$/.test(hostname);
}
