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
  async send(message, { config, timeoutMs }) {
    const { text, variables, mail } = message;
    try {
      const { messageId, serverMessageId } = await pools.deliver(mailOf(message, config), config, timeoutMs);
      return { providerMessageId: serverMessageId ?? messageId, text };
    } catch (error) {
      if (!(error instanceof Undelivered)) throw error;
      throw refused(error, [variables.code, text, mail?.html, ...error.secrets]);
    }
  },
});
