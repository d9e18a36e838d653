import type { Identifier } from '@sesame/pages';
import { codeIdentifiers } from '../../../experience/methods.ts';
import { type Recipient, readRecipient, userColumns } from '../../../messaging/recipient.ts';
import { channelOf, identifierOf, recipientOf, typeOf } from '../../../sign-in/user-recipients.ts';
import type { SentCode } from '../parts/code-form.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import type { FlowVisit } from './flow-visit.ts';
import type { Typed } from './typed.ts';

/**
 * Where else a code may go that does not come: to what was typed in this flow as well, or to what the account has, where
 * this browser has signed in to it before. To strangers nothing tells which accounts there are.
 * @param takes what the event goes on with
 */
export async function otherRecipient(
  { client, country }: FlowVisit,
  { connectors, devices, users }: PageDeps,
  { code, takes, typed }: { code: SentCode; takes: readonly Identifier[]; typed: Typed },
): Promise<Recipient | undefined> {
  const { recipient } = code;
  const other = codeIdentifiers.find((type) => type !== typeOf(recipient));
  if (other === undefined || !takes.includes(other) || !(await connectors.live(channelOf[other]))) return undefined;
  const ownTyped = readRecipient(typed[other] ?? '', typed.country ?? country);
  if (ownTyped && typeOf(ownTyped) === other) return ownTyped;
  const account = { type: 'user', field: userColumns[recipient.channel], value: recipient.key } as const;
  if ((await devices.find(client, account)) === undefined) return undefined;
  const user = await users.find(identifierOf(recipient));
  return user && recipientOf(user, other);
}

/** Whether a code went where nobody has typed: elsewhere than the first one of the flow. */
export function isHidden({ flow, country }: Pick<FlowVisit, 'flow' | 'country'>, code: SentCode, typed: Typed) {
  const first = flow.verifications.findLast((one) => one.type === 'code');
  if (code.verifiedAt !== undefined || first?.type !== 'code') return false;
  if (first.recipient.channel === code.recipient.channel) return false;
  const texts = [typed.identifier, typed[typeOf(code.recipient)]];
  const isTyped = texts.some((text) => readRecipient(text ?? '', typed.country ?? country)?.key === code.recipient.key);
  return !isTyped;
}
