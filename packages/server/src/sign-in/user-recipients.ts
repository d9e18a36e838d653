import { maskEmailsIn, maskPhonesIn } from '@sesame/connector-kit';
import type { User } from '../accounts/user-record.ts';
import type { CodeIdentifier } from '../experience/methods.ts';
import { type KeptRecipient, type Recipient, type RecipientKey, readRecipient } from '../messaging/recipient.ts';

/** How the API names what a channel leads to. */
const types = { Sms: 'phone', Email: 'email' } as const satisfies Record<RecipientKey['channel'], CodeIdentifier>;

/** The channel that leads to what the API names like this. */
export const channelOf = { phone: 'Sms', email: 'Email' } as const satisfies Record<
  CodeIdentifier,
  RecipientKey['channel']
>;

/** The field of a user that has it. */
export const userField = { phone: 'primaryPhone', email: 'primaryEmail' } as const satisfies Record<
  CodeIdentifier,
  keyof User
>;

/** What users are reached by. */
export type Reachable = Pick<User, (typeof userField)[CodeIdentifier] | (typeof otherField)[CodeIdentifier]>;

/** The field of a user that has those beside it. */
export const otherField = { phone: 'otherPhones', email: 'otherEmails' } as const satisfies Record<
  CodeIdentifier,
  keyof User
>;

export const typeOf = ({ channel }: RecipientKey): CodeIdentifier => types[channel];

/** What the user of a recipient is looked up by. */
export const identifierOf = ({ channel, address }: KeptRecipient): { phone: string } | { email: string } =>
  channel === 'Sms' ? { phone: address } : { email: address };

/** Whether a recipient is the user's primary one, which second codes go to; addresses differ by more than case. */
export const isPrimaryOf = ({ channel, key }: RecipientKey, user: Reachable): boolean =>
  user[userField[types[channel]]]?.toLowerCase() === key;

/** Whether a recipient is the user's own, the primary one or another. */
export const isOf = ({ channel, key }: RecipientKey, user: Reachable): boolean =>
  allOf(user, types[channel]).some((each) => each.toLowerCase() === key);

/** Where a user is reached, the primary one first. */
export const allOf = (user: Reachable, type: CodeIdentifier): string[] =>
  [user[userField[type]], ...(user[otherField[type]] ?? [])].filter((each) => each !== null);

/** What may be shown of a number or an address that nobody has typed here, for example `j•••@example.com`. */
export const maskRecipient = (address: string): string => maskPhonesIn(maskEmailsIn(address));

/** Where a user is reached. */
export const recipientOf = (user: Reachable, type: CodeIdentifier): Recipient | undefined =>
  readRecipient(allOf(user, type)[0] ?? '');

/** What an account gets by recipients of it. */
export const fieldsOf = (
  recipients: readonly KeptRecipient[],
): { [Field in (typeof userField)[CodeIdentifier]]?: string } =>
  Object.fromEntries(recipients.map((recipient) => [userField[typeOf(recipient)], recipient.address]));
