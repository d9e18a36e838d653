import {
  type CreateConnector,
  contentTemplatesGuard,
  defaultTemplatesOfAllLanguages,
  defineConnector,
} from '@sesame/connector-kit';
import { z } from 'zod';
import { createInbox, type Inbox, type InboxMessage } from './inbox.ts';
import { metadata } from './metadata.ts';
import { terminalLines } from './terminal.ts';

export type { InboxMessage } from './inbox.ts';

/** An inbox, and the connector that fills it. */
export type DevelopmentInbox = Inbox & { create: CreateConnector };

/** How an inbox behaves; every option has a default. */
export type DevelopmentInboxOptions = {
  /** Gets each line to show; writes it to standard output by default. */
  print?: (line: string) => void;
  /** Milliseconds since the epoch; the clock that the connector is given by default. */
  now?: () => number;
  /** How many messages are kept; the oldest are dropped. 1000 by default. */
  capacity?: number;
};

/**
 * Makes a connector that keeps messages in memory and prints them instead of sending them.
 * @example
 * const inbox = createDevelopmentInbox({ print: () => {} });
 * const connector = await inbox.create({ getConfig: async () => ({}) });
 * await connector.sendMessage({ to: '+8613800138000', type: 'SignIn', payload: { code: '123456' } });
 * inbox.messages('+86 138 0013 8000')[0]?.code; // '123456'
 */
export function createDevelopmentInbox({
  print = printLine,
  now,
  capacity = 1000,
}: DevelopmentInboxOptions = {}): DevelopmentInbox {
  const { add, messages, clear } = createInbox(capacity);
  const create = defineConnector({
    metadata,
    configGuard: z.object({ templates: contentTemplatesGuard.optional() }),
    defaultTemplates: defaultTemplatesOfAllLanguages,
    async send({ messageId, to, usageType, text, variables }, context) {
      const message: InboxMessage = {
        id: messageId,
        phone: to,
        usageType,
        text,
        code: textOf(variables.code),
        ...(variables.locale && { locale: textOf(variables.locale) }),
        createdAt: new Date((now ?? context.now)()).toISOString(),
      };
      add(message);
      for (const line of terminalLines(message)) print(line);
      return { providerMessageId: messageId, text };
    },
  });
  return { create, messages, clear };
}

/** The connector on its own: it prints, and each one that is made keeps an inbox of its own. */
const createWithDefaults: CreateConnector = (context) => createDevelopmentInbox().create(context);
export default createWithDefaults;

const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? `${value}` : '');

function printLine(line: string): void {
  process.stdout.write(`${line}\n`);
}
