import { createHmac } from 'node:crypto';
import type { ToldUser } from '../store/outbox.ts';
import type { HookDeliveriesTable } from '../store/tables/webhooks.ts';
import { type HookEvent, interactionEvents, isInteractionHook } from './events.ts';

/** A user as webhooks see one. */
export type ShowUser = (row: ToldUser) => { id: string } & Record<string, unknown>;

type Told = Pick<HookDeliveriesTable, 'event' | 'hook_id' | 'payload' | 'user_row'>;

/** What a webhook is sent: the same at each attempt. */
export function bodyOf({ event, hook_id: hookId, payload, user_row }: Told, showUser: ShowUser): string {
  const { createdAt, ...facts } = JSON.parse(payload) as Record<string, unknown>;
  const user = user_row === null ? undefined : showUser(JSON.parse(user_row) as ToldUser);
  const head = { event, hookId, createdAt };
  if (!isInteractionHook(event)) return JSON.stringify({ ...head, ...facts, ...(user && { data: user }) });
  return JSON.stringify({
    ...head,
    interactionEvent: interactionEvents[event],
    ...facts,
    ...(user && { userId: user.id, user }),
  });
}

/** What `logto-signature-sha-256` says: the HMAC of the body as it is sent, in hex. */
export const signatureOf = (signingKey: string, body: string): string =>
  createHmac('sha256', signingKey).update(body).digest('hex');

const exampleUser: ToldUser = {
  id: 'fakeuser0000',
  username: 'ali',
  phone: '+15005550006',
  email: 'ali@example.com',
  name: 'Ali',
  avatar: null,
  custom_data: '{}',
  profile: '{}',
  is_suspended: 0,
  others: null,
  created_at: Date.UTC(2026, 0, 1),
  updated_at: Date.UTC(2026, 0, 1),
  last_sign_in_at: Date.UTC(2026, 0, 1),
};

/** A delivery that nothing has happened for, to try a webhook with. */
export function exampleOf(event: HookEvent, hookId: string, now: number): Told {
  const createdAt = new Date(now).toISOString();
  const isAboutUser = isInteractionHook(event) || event.startsWith('User.');
  const data = isAboutUser ? {} : { data: { isExample: true } };
  return {
    event,
    hook_id: hookId,
    payload: JSON.stringify({ createdAt, ...data }),
    user_row: isAboutUser ? JSON.stringify(exampleUser) : null,
  };
}
