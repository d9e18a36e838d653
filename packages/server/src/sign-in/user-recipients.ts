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
export type Reachable = Pick<User, (typeof userField)[CodeIdentifier]>;

export const typeOf = ({ channel }: RecipientKey): CodeIdentifier => types[channel];

/** What the user of a recipient is looked up by. */
export const identifierOf = ({ channel, address }: KeptRecipient): { phone: string } | { email: string } =>
  channel === 'Sms' ? { phone: address } : { email: address };

/** Whether a recipient is the user's own; addresses differ by more than case. */
export const isOf = ({ channel, key }: RecipientKey, user: Reachable): boolean =>
  user[userField[types[channel]]]?.toLowerCase() === key;

/** What may be shown of a number or an address that nobody has typed here, for example `j•••@example.com`. */
export const maskRecipient = (address: string): string => maskPhonesIn(maskEmailsIn(address));

/** Where a user is reached. */
export const recipientOf = (user: Reachable, type: CodeIdentifier): Recipient | undefined =>
  readRecipient(user[userField[type]] ?? '');

/** What an account gets by recipients of it. */
export const fieldsOf = (recipients: readonly KeptRecipient[]): { [Field in keyof Reachable]?: string } =>
  Object.fromEntries(recipients.map((recipient) => [userField[typeOf(recipient)], recipient.address]));
