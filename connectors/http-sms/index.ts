import { defaultTemplatesOfAllLanguages, defineConnector, type Message } from '@sesame/connector-kit';
import { configGuard } from './config.ts';
import { handOver } from './hand-over.ts';
import { metadata } from './metadata.ts';
import { reports } from './reports.ts';

/**
 * Hands each message to the administrator's own endpoint as JSON.
 * @example
 * const connector = await createHttpSms({ getConfig: async () => ({ endpoint: 'https://sms.example.com/send' }) });
 * await connector.sendMessage({ to: '+8613800138000', type: 'SignIn', payload: { code: '123456' } });
 */
export default defineConnector({
  metadata,
  configGuard,
  defaultTemplates: defaultTemplatesOfAllLanguages,
  send: (message, context) => handOver(message, bodyOf(message), context),
  reports,
});

/** `to`, `type` and `payload` are what Logto's HTTP connector sends, `to` in its spelling without the plus. */
function bodyOf({ to, usageType, variables, text, messageId, lifetimeSeconds, reportUrl }: Message) {
  return {
    to: to.slice(1),
    type: usageType,
    payload: variables,
    recipient: to,
    text,
    messageId,
    expiresInSeconds: lifetimeSeconds,
    ...(reportUrl && { reportUrl }),
  };
}
