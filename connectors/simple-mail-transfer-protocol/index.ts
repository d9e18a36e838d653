import { defineConnector } from '@sesame/connector-kit';
import { configGuard } from './config.ts';
import { metadata } from './metadata.ts';
import { refused } from './refusals.ts';
import { createTransports } from './transport.ts';

const transportOf = createTransports();

/** Sends each message as a mail of two parts through an SMTP server. */
export default defineConnector({
  type: 'Email',
  metadata,
  configGuard,
  async send({ to, mail, text, variables, messageId }, { config, timeoutMs }) {
    const { fromEmail, customHeaders, auth } = config;
    try {
      const sent = await transportOf(config, timeoutMs).sendMail({
        from: mail?.sendFrom ?? fromEmail,
        to: { name: '', address: to },
        replyTo: mail?.replyTo ?? config.replyTo,
        subject: mail?.subject,
        text,
        html: mail?.html,
        headers: {
          'Auto-Submitted': 'auto-generated',
          'X-Auto-Response-Suppress': 'All',
          'X-Entity-Ref-ID': messageId,
          ...customHeaders,
        },
      });
      return { providerMessageId: sent.messageId, text };
    } catch (error) {
      const { user: _, type: __, ...secrets } = auth as Record<string, unknown>;
      throw refused(error, [variables.code, text, ...Object.values(secrets)]);
    }
  },
});
