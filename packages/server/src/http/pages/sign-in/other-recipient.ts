import type { Identifier } from '@sesame/pages';
import { codeIdentifiers } from '../../../experience/methods.ts';
import { type KeptRecipient, type Recipient, readRecipient, userColumns } from '../../../messaging/recipient.ts';
import { channelOf, identifierOf, recipientOf, typeOf } from '../../../sign-in/user-recipients.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import type { FlowVisit } from './flow-visit.ts';
import type { Typed } from './typed-values.ts';

/** Where else a code may go, and whether it is what the account has, which nobody has typed here. */
export type OtherRecipient = { recipient: Recipient; isUntyped: boolean };

/**
 * Where else a code may go that does not come, or that could not be sent: to what was typed in this flow as well, or to
 * what the account has, where this browser has signed in to it before. To strangers nothing tells which accounts there
 * are.
 * @param takes what the event goes on with
 */
export async function otherRecipient(
  { client, country }: FlowVisit,
  { connectors, devices, users }: PageDeps,
  { recipient, takes, typed }: { recipient: KeptRecipient; takes: readonly Identifier[]; typed: Typed },
): Promise<OtherRecipient | undefined> {
  const other = codeIdentifiers.find((type) => type !== typeOf(recipient));
  if (other === undefined || !takes.includes(other) || !(await connectors.live(channelOf[other]))) return undefined;
  const ownTyped = readRecipient(typed[other] ?? '', typed.country ?? country);
  if (ownTyped && typeOf(ownTyped) === other) return { recipient: ownTyped, isUntyped: false };
  const account = { type: 'user', field: userColumns[recipient.channel], value: recipient.key } as const;
  if ((await devices.find(client, account)) === undefined) return undefined;
  const user = await users.find(identifierOf(recipient));
  const owned = user && recipientOf(user, other);
  return owned && { recipient: owned, isUntyped: true };
}
