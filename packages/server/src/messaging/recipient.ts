import {
  type Channel,
  canReceiveSms,
  type ParsedEmail,
  type ParsedPhone,
  parseEmail,
  parsePhone,
} from '@sesame/connector-kit';
import type { ErrorCode } from '../errors.ts';
import { asTyped } from '../store/listing.ts';

/** Who is told by two spellings alike, and by which channel. */
export type RecipientKey = {
  channel: Channel;
  /** E.164 for `Sms`, the address in lower case for `Email`: what limits, codes and messages go by. */
  key: string;
};

/** Whom a message goes to, and by which channel. */
export type Recipient = RecipientKey & {
  /** As the channel spells it, and as the message is addressed. */
  address: string;
  /** ISO 3166-1 alpha-2, where the address tells it. */
  country: string | undefined;
  /** Why no message can ever arrive there. */
  refusal: ErrorCode | undefined;
};

export const recipientOfPhone = (phone: ParsedPhone): Recipient => ({
  channel: 'Sms',
  key: phone.e164,
  address: phone.e164,
  country: phone.country,
  refusal: canReceiveSms(phone) ? undefined : 'phone.cannot_receive_sms',
});

export const recipientOfEmail = ({ address, key }: ParsedEmail): Recipient => ({
  channel: 'Email',
  key,
  address,
  country: undefined,
  refusal: undefined,
});

/**
 * Whom a text means: what has an `@` is an email address, anything else a phone number.
 * @param country of numbers without a calling code: ISO 3166-1 alpha-2
 * @returns undefined for what is neither
 */
export function readRecipient(text: string, country?: string): Recipient | undefined {
  if (isAddress(text)) {
    const email = parseEmail(text);
    return email && recipientOfEmail(email);
  }
  const phone = parsePhone(text, country);
  return phone && recipientOfPhone(phone);
}

/** Whether a text is meant as an email address: no number or username has an `@`. */
export const isAddress = (text: string): boolean => text.normalize('NFKC').includes('@');

/** What of a user is the key of a recipient. */
export const userColumns = { Sms: 'phone', Email: 'email_key' } as const satisfies Record<Channel, string>;

/** A recipient as a number or an address was kept of it. */
export type KeptRecipient = RecipientKey & Pick<Recipient, 'address'>;

/** The recipient at a number or an address that was kept as `Recipient.address`. */
export const keptAt = (address: string): KeptRecipient => ({ ...keyed(address.toLowerCase()), address });

/** The key of what was typed; of what is no recipient, the text in lower case, at which nothing is. */
export const keyMeant = (typed: string): string => readRecipient(typed)?.key ?? typed.toLowerCase();

/** The pattern of SQL of addresses with this in them; a backslash makes a wildcard none. */
export const addressPattern = (typed: string): string => `%${asTyped(typed.trim().toLowerCase())}%`;

/** The recipient of a message, a code or a limit that was kept: no number has an `@` in it. */
export const keyed = (key: string): RecipientKey => ({ channel: key.includes('@') ? 'Email' : 'Sms', key });
