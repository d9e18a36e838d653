import { type Channel, type CreateConnector, defineConnector, headersOf } from '@sesame/connector-kit';
import { z } from 'zod';
import { createInbox, type Inbox, type InboxMessage } from './inbox.ts';
import { metadataOf } from './metadata.ts';
import { defaultTemplates, templatesGuards } from './templates.ts';
import { terminalLines } from './terminal.ts';

export type { InboxMessage } from './inbox.ts';

/** An inbox, and the connector of each channel that fills it. */
export type DevelopmentInbox = Inbox & { create: Record<Channel, CreateConnector> };

/** How an inbox behaves; every option has a default. */
export type DevelopmentInboxOptions = {
  /** Gets each line to show; writes it to standard output by default. `null` where nobody reads them. */
  print?: ((line: string) => void) | null;
  /** Milliseconds since the epoch; the clock that the connector is given by default. */
  now?: () => number;
  /** How many messages are kept; the oldest are dropped. 1000 by default. */
  capacity?: number;
};

/**
 * Makes connectors that keep messages in memory and print them instead of sending them.
 * @example
 * const inbox = createDevelopmentInbox({ print: () => {} });
 * const connector = await inbox.create.Sms({ getConfig: async () => ({}) });
 * await connector.sendMessage({ to: '+8613800138000', type: 'SignIn', payload: { code: '123456' } });
 * inbox.messages('+86 138 0013 8000')[0]?.code; // '123456'
 */
export function createDevelopmentInbox({
  print = printLine,
  now,
  capacity = 1000,
}: DevelopmentInboxOptions = {}): DevelopmentInbox {
  const { add, messages, clear } = createInbox(capacity);
  const createFor = (channel: Channel) =>
    defineConnector({
      type: channel,
      metadata: metadataOf[channel],
      configGuard: z.object({ templates: templatesGuards[channel].optional() }),
      defaultTemplates: defaultTemplates[channel],
      async send({ messageId, to, usageType, text, mail, variables }, context) {
        const message: InboxMessage = {
          id: messageId,
          channel,
          recipient: to,
          usageType,
          text,
          ...(mail && { subject: mail.subject, html: mail.html }),
          code: textOf(variables.code),
          ...(variables.locale && { locale: textOf(variables.locale) }),
          createdAt: new Date((now ?? context.now)()).toISOString(),
        };
        add(message);
        if (print) for (const line of terminalLines(message)) print(line);
        const headers = mail && headersOf({ to, mail }, undefined, {});
        return { providerMessageId: messageId, text, headers };
      },
    });
  return { create: { Sms: createFor('Sms'), Email: createFor('Email') }, messages, clear };
}

/** The connector for SMS on its own: it prints, and each one that is made keeps an inbox of its own. */
const createWithDefaults: CreateConnector = (context) => createDevelopmentInbox().create.Sms(context);
export default createWithDefaults;

const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? `${value}` : '');

function printLine(line: string): void {
  process.stdout.write(`${line}\n`);
}
