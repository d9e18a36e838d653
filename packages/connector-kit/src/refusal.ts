import { ConnectorError, type FailureKind } from './connector-error.ts';
import { type ReplyHeaders, retryAfterSeconds as secondsOfHeader } from './provider-request.ts';

/** What one of a provider's refusals means to us; `Field` is a key of the connector's configuration. */
export type Refusal<Field extends string = string> = {
  kind: FailureKind;
  /** One sentence for the administrator. */
  meaning: string;
  /** The fields of the configuration that may be at fault. */
  fields?: readonly Field[];
  /** How long to wait, where the refusal itself says so. */
  retryAfterSeconds?: number | undefined;
  /** Set only when the provider provably did not process the request. */
  retry?: boolean | undefined;
  /** Of a mail: the mailbox is gone for good. */
  isMailboxGone?: boolean | undefined;
};

/** The user should check the number. */
export const recipient = (meaning: string): Refusal<never> => ({ kind: 'recipient', meaning });

/** The provider takes no more for now: for so many seconds, where that is known. */
export const limit = (meaning: string, retryAfterSeconds?: number): Refusal<never> => ({
  kind: 'limit',
  meaning,
  retryAfterSeconds,
});

/** Requests come too fast, and the provider turned this one away before it looked into it: it may be repeated. */
export const throttled = (meaning: string): Refusal<never> => ({ kind: 'limit', meaning, retry: true });

/** The administrator has to put something right: in these fields, where that is known. */
export const configuration = <Field extends string = never>(meaning: string, ...fields: Field[]): Refusal<Field> => ({
  kind: 'configuration',
  meaning,
  fields,
});

/** Nobody knows what became of the message. */
export const unclear = (meaning: string): Refusal<never> => ({ kind: 'unclear', meaning });

/** What each of a provider's codes means. A map, so that a code such as `constructor` finds nothing. */
export const refusalTable = <R extends Refusal>(byCode: Record<string, R>): ReadonlyMap<string, R> =>
  new Map(Object.entries(byCode));

/** What follows a meaning that does not say so itself. */
export const doubt = 'The message may or may not have been sent.';

/** Whether a provider may have processed what it answers with this HTTP status, whatever the body says. */
export const isInDoubt = (status: number): boolean => status >= 500 || status === 408;

/** What a provider said of a message that it refused, in its own words. */
export type Refused<Field extends string = string> = {
  /** Its own code; a number is told as it is. */
  code?: string | number | undefined;
  words?: string | undefined;
  /** What follows the meaning: a doubt, the id of the request, a link. */
  notes?: readonly (string | false | undefined)[];
  /** The configuration in use. With it, only those fields are named that have a value. */
  config?: { readonly [F in Field]?: unknown };
  /**
   * Takes out of a text what must not travel on: providers quote what they refuse, and errors reach logs. Everything
   * that the provider wrote goes through it; see `hideSecrets`.
   */
  hide: (words: string) => string;
};

/**
 * The error for a message that a provider refused, with `reply` or a part of it. How long to wait is what the refusal
 * says; else, for a limit, what the header `Retry-After` does, where the headers are given.
 * @example throw refusalError(reply, refusals.get(code) ?? unclear('Acme gave up.'), { code, words, hide })
 */
export function refusalError<Field extends string>(
  { status, headers }: { status: number; headers?: ReplyHeaders },
  { kind, meaning, fields = [], retryAfterSeconds, retry, isMailboxGone }: Refusal<Field>,
  { code, words, notes = [], config, hide }: Refused<Field>,
): ConnectorError {
  const providerCode = typeof code === 'number' ? String(code) : code && hide(code);
  const providerMessage = words && hide(words);
  const issues = fields.filter((field) => !config || config[field]).map((path) => ({ path, message: meaning }));
  const wait = retryAfterSeconds ?? (headers && kind === 'limit' ? secondsOfHeader(headers) : undefined);
  return new ConnectorError({
    kind,
    message: [meaning, ...notes.flatMap((note) => (note ? hide(note) : []))].join(' '),
    status,
    ...(providerCode && { providerCode }),
    ...(providerMessage && { providerMessage }),
    ...(issues.length > 0 && { issues }),
    ...(wait && { retryAfterSeconds: wait }),
    ...(retry && { retry }),
    ...(isMailboxGone && { isMailboxGone }),
  });
}
