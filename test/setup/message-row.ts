import type { MessagesTable } from '../../packages/server/src/store/tables/messages.ts';

let last = 0;

/** A message as it is kept, by default one that the provider has taken. */
export const messageRow = ({ created_at = Date.now(), ...fields }: Partial<MessagesTable> = {}): MessagesTable => ({
  id: `message-${++last}`,
  recipient: '+8613800138000',
  country: 'CN',
  usage_type: 'SignIn',
  locale: null,
  factory_id: null,
  connector_id: null,
  state: 'accepted',
  provider_message_id: null,
  error: null,
  created_at,
  updated_at: created_at,
  verified_at: null,
  ...fields,
});
