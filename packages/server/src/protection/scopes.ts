import { maskPhone } from '@sesame/connector-kit';
import { networksOf, toAddress } from './networks.ts';

/** Whose code is asked for, and by whom, as budgets know it. */
export type Asked = {
  /** The number, E.164. */
  phone: string;
  /** ISO 3166-1 alpha-2, of the number; none where the number does not tell it. */
  country: string | undefined;
  /** The IP address of whoever asks, where it is known. */
  address: string | undefined;
  /** What the browser is known by, and since when where its cookie tells that it has signed in. */
  devices: readonly Device[];
  /** Whether nobody may learn if the message goes out. */
  isSecret?: boolean | undefined;
  /** Who asks for an end user, where it is a back end. */
  caller?: string | undefined;
  /** Whether it is somebody who is signed in, where no page can ask for a human check. */
  isSignedIn?: boolean | undefined;
};

/** A browser, or the number of an account that it has signed in to; `knownSince` in milliseconds since the epoch. */
export type Device = { name: string; knownSince?: number | undefined };

/** A browser by the number of an account that it has signed in to. */
export const browserOf = (phone: string): string => `number/${phone}`;

/** The budget of a browser. */
export const deviceScope = (name: string): string => `device:${name}`;

/** The names of the budgets that a send counts under. */
export type Scopes = {
  number: string;
  /** Whether nobody may learn if the message goes out. */
  isSecret: boolean;
  block: string;
  country: string;
  /** The smallest network first. */
  networks: readonly string[];
  devices: readonly { scope: string; knownSince: number }[];
  /** A back end, and what it sends to the country and the block. */
  caller: { all: string; country: string; block: string } | undefined;
  /**
   * Of all who are signed in and would have to pass a human check elsewhere, those who are at home apart. The Console goes
   * by what is before the colon.
   */
  signedIn: { atHome: string; elsewhere: string } | undefined;
};

/** Numbers of so many digits and fewer are handed out by the thousand. */
const shortNumber = 9;

/** Numbers that differ in the last four digits alone; three, where numbers are short. */
export function blockOf(phone: string): string {
  const digits = phone.length - 1;
  return phone.slice(0, digits <= shortNumber ? -3 : -4);
}

/** What budgets of many people are called for messages that must not show. */
const secret = 'secret/';

/** A name of a budget without the number in it, for records and for people. */
export const maskedScope = (scope: string): string =>
  scope.replace(/^(number:|device:number\/)(.*)$/, (_, kind: string, phone: string) => kind + maskPhone(phone));

/** The name of the budget that tells how many people type their codes in there. */
export const sharedOf = (scope: string): string => (scope.startsWith(secret) ? scope.slice(secret.length) : scope);

/**
 * The budgets of a send. Messages that must not show have levels of their own: with most of them nothing goes out, so that
 * they cost nothing, and could close a country or a block to everybody.
 */
export function scopesOf({ phone, country, address, devices, isSecret = false, caller, isSignedIn }: Asked): Scopes {
  const ofMany = (scope: string) => (isSecret ? `${secret}${scope}` : scope);
  const [ofCountry, ofBlock] = [`country:${country ?? 'none'}`, `block:${blockOf(phone)}`];
  const all = `caller:${caller}`;
  return {
    number: `number:${phone}`,
    isSecret,
    block: ofMany(ofBlock),
    country: ofMany(ofCountry),
    networks: address === undefined ? [] : networksAround(address).map((name) => `network:${name}`),
    devices: devices.map(({ name, knownSince = 0 }) => ({ scope: deviceScope(name), knownSince })),
    caller: caller === undefined ? undefined : { all, country: `${all}/${ofCountry}`, block: `${all}/${ofBlock}` },
    signedIn: isSignedIn ? { atHome: 'signed-in:at-home', elsewhere: 'signed-in' } : undefined,
  };
}

/**
 * Whether a back end tells nothing of whom it asks for. It may be one person or thousands at once: what it sends is up to
 * whoever runs it, and to caps.
 */
export const isNameless = ({ caller, networks, devices }: Scopes): boolean =>
  caller !== undefined && networks.length === 0 && devices.length === 0;

/** The networks of every limit, and one around them: a /16 of IPv4, a /32 of IPv6, which providers get (RFC 6177). */
export function networksAround(text: string): string[] {
  const address = toAddress(text);
  if (address === undefined) return networksOf(text).map(({ name }) => name);
  if (address.includes(':')) {
    const names = networksOf(address).map(({ name }) => name);
    return [...names, `${(names[1] ?? '').split(':').slice(0, 2).join(':')}::/32`];
  }
  const [first, second, third] = address.split('.');
  return [address, `${first}.${second}.${third}.0/24`, `${first}.${second}.0.0/16`];
}
