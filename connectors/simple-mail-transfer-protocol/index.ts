import { defineConnector } from '@sesame/connector-kit';
import { configGuard } from './config.ts';
import { mailOf } from './mail.ts';
import { metadata } from './metadata.ts';
import { createPools, Undelivered } from './pools.ts';
import { refused } from './refusals.ts';

const pools = createPools();

/** Sends each message as a mail of two parts through an SMTP server. */
export default defineConnector({
  type: 'Email',
  metadata,
  configGuard,
  close: pools.close,
  async send(message, context) {
    const { text, variables, mail } = message;
    const { config, timeoutMs } = context;
    try {
      const outgoing = mailOf(message, config, context);
      const { serverMessageId = outgoing.messageId } = await pools.deliver(outgoing, config, timeoutMs);
      return { providerMessageId: serverMessageId, text, headers: outgoing.headers };
    } catch (error) {
      if (!(error instanceof Undelivered)) throw error;
      throw refused(error, [variables.code, text, mail?.html, ...error.secrets]);
    }
  },
});
