import type { Platform } from '../../platform.ts';
import type { SecretKeys } from '../../secrets/secret-keys.ts';

/** Why an answer does not count. */
export type Refusal =
  /** It is no right answer. */
  | 'wrong'
  /** It was right, and was used or is too old. */
  | 'used'
  /** It was given on another site, or for another purpose. */
  | 'elsewhere'
  /** The provider gave no answer that says anything. */
  | 'unreachable'
  /** The provider does not take our keys. */
  | 'misconfigured';

/** What becomes of an answer. `detail` are words of the provider, without secrets. */
export type Verdict = { passed: true } | { passed: false; reason: Refusal; detail?: string };

/** An answer to a check. */
export type Answer = {
  token: string;
  /** Who was asked, for example `flow:<id>`. */
  subject: string;
  /** The client's IP address; empty where it is not known. */
  address: string;
};

/** What a provider is asked with. */
export type Asking<Config> = {
  platform: Platform;
  secretKeys: SecretKeys;
  config: Config;
  hostnames: readonly string[];
};

/** What a page that checks loads from elsewhere, as sources of its content security policy. */
export type Sources = { script: string[]; frame: string[]; connect: string[]; style: string[] };

/** What a browser needs to show a check: it may be seen by everybody. */
export type Question = { type: string } & Record<string, unknown>;

/** Who tells people from programs. */
export type Provider<Config> = {
  /** What the browser needs. */
  question: (subject: string, asking: Asking<Config>) => Promise<Question>;
  verify: (answer: Answer, asking: Asking<Config>) => Promise<Verdict>;
  /** What of a right answer is used up, where it can be written in more than one way. By default all of any answer is. */
  usedAs?: (token: string) => string | undefined;
  /** How long an answer can be right, in milliseconds: it is remembered as used that long. */
  lifetimeMs: number;
  sources: (config: Config) => Sources;
};

/** What our pages, and those made for Logto, call the purpose. */
export const action = 'interaction';

/**
 * Whether an answer was given where it is to count: on this host, for this purpose. What the provider leaves out is
 * none.
 */
export const isGivenHere = (
  given: { hostname?: string | undefined; action?: string | undefined },
  hostnames: readonly string[],
): boolean =>
  (given.hostname === undefined || given.hostname === '' || hostnames.includes(given.hostname.toLowerCase())) &&
  (given.action === undefined || given.action === '' || given.action === action);
