import { ConnectorError, type ConnectorErrorData } from '@sesame/connector-kit';
import type { Platform } from '../platform.ts';
import type { Store } from '../store/store.ts';
import { addSuppression, findSuppression } from '../store/suppressions.ts';
import type { MessagesTable } from '../store/tables/messages.ts';
import { keyed } from './recipient.ts';

/**
 * Keeps mails from addresses that have no mailbox: providers stop taking mails of who goes on sending there. Only a
 * refusal for good counts, not that of a full mailbox or of a policy, and no test of an administrator.
 */
export function createSuppressions({ store, platform }: { store: Store; platform: Platform }) {
  const isMail = ({ recipient }: MessagesTable) => keyed(recipient).channel === 'Email';
  return {
    /** What the provider said when it refused the recipient of a mail before; nothing for a message that may go out. */
    async refusalOf(message: MessagesTable): Promise<ConnectorError | undefined> {
      const found = isMail(message) ? await findSuppression(store, message.recipient) : undefined;
      if (!found) return undefined;
      // Why an administrator decided it is no matter of whoever asks for a code.
      const { code: _, reason: __, ...data } = JSON.parse(found.error) as ConnectorErrorData & Record<string, unknown>;
      return new ConnectorError(data);
    },

    /** Notes that a provider knows no such mailbox. */
    async note(message: MessagesTable, { data }: ConnectorError): Promise<void> {
      if (!data.isMailboxGone || message.connector_id === null || !isMail(message)) return;
      const { kind, message: words, providerCode, providerMessage } = data;
      await addSuppression(store, {
        // A mail has one recipient, so that it is refused once.
        id: message.id,
        recipient: message.recipient,
        error: JSON.stringify({ kind, message: words, providerCode, providerMessage }),
        message_id: message.id,
        created_at: platform.now(),
      });
    },
  };
}
export type Suppressions = ReturnType<typeof createSuppressions>;
