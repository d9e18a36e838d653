import {
  type Message,
  type ProviderReply,
  postToProvider,
  type SendContext,
  type SendResult,
  unreadableReply,
} from '@sesame/connector-kit';
import { type Redaction, redactionOf, refused } from './refusals.ts';

const maxIdLength = 200;

/**
 * Hands a message to the administrator's own endpoint as JSON, whatever the channel.
 * @throws ConnectorError of the kind that the endpoint says, else that its status means
 */
export async function handOver(
  message: Pick<Message, 'text' | 'variables'>,
  body: object,
  context: SendContext<{ endpoint: string; authorization?: string | undefined }>,
): Promise<SendResult> {
  const { endpoint, authorization } = context.config;
  const redaction = redactionOf(authorization, message.variables.code);
  const reply = await postToProvider(context, {
    url: endpoint,
    headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
    body: JSON.stringify(body),
  });
  if (reply.status < 200 || reply.status > 299) throw refused(reply, redaction);
  // A sign-in page or a web app's start page answers 200 to any path: nobody took the message there.
  if (/^\s*<(!doctype\s+)?html\b/i.test(reply.text)) throw unreadableReply(reply);
  const providerMessageId = idOf(reply, redaction);
  return { ...(providerMessageId && { providerMessageId }), text: message.text };
}

function idOf({ json }: ProviderReply, redaction: Redaction): string | undefined {
  const { id, messageId } = (json ?? {}) as { id?: unknown; messageId?: unknown };
  const found = [id, messageId].find((value) => (typeof value === 'string' && value) || Number.isFinite(value));
  const text = found === undefined ? '' : String(found);
  return text && text.length <= maxIdLength && !redaction.holdsSecret(text) ? text : undefined;
}
