import {
  defaultTemplatesOfAllLanguages,
  defineConnector,
  type Message,
  type ProviderReply,
  postToProvider,
  unreadableReply,
} from '@sesame/connector-kit';
import { configGuard } from './config.ts';
import { metadata } from './metadata.ts';
import { type Redaction, redactionOf, refused } from './refusals.ts';

const maxIdLength = 200;

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
  async send(message, context) {
    const { endpoint, authorization } = context.config;
    const redaction = redactionOf(authorization, message.variables.code);
    const reply = await postToProvider(context, {
      url: endpoint,
      headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
      body: JSON.stringify(bodyOf(message)),
    });
    if (reply.status < 200 || reply.status > 299) throw refused(reply, redaction);
    // A sign-in page or a web app's start page answers 200 to any path: nobody took the message there.
    if (/^\s*<(!doctype\s+)?html\b/i.test(reply.text)) throw unreadableReply(reply);
    const providerMessageId = idOf(reply, redaction);
    return { ...(providerMessageId && { providerMessageId }), text: message.text };
  },
});

/** `to`, `type` and `payload` are what Logto's HTTP connector sends, `to` in its spelling without the plus. */
function bodyOf({ to, usageType, variables, text, messageId, lifetimeSeconds }: Message) {
  return {
    to: to.slice(1),
    type: usageType,
    payload: variables,
    recipient: to,
    text,
    messageId,
    expiresInSeconds: lifetimeSeconds,
  };
}

function idOf({ json }: ProviderReply, redaction: Redaction): string | undefined {
  const { id, messageId } = (json ?? {}) as { id?: unknown; messageId?: unknown };
  const found = [id, messageId].find((value) => (typeof value === 'string' && value) || Number.isFinite(value));
  const text = found === undefined ? '' : String(found);
  return text && text.length <= maxIdLength && !redaction.holdsSecret(text) ? text : undefined;
}
