import { countParts, type Message, postToProvider, type SendContext, type SendResult } from '@sesame/connector-kit';
import type { VonageConfig } from './config.ts';
import { acceptedId } from './reply.ts';

const minLifetimeMs = 20_000;
const maxLifetimeMs = 604_800_000;

/**
 * Sends one message.
 * @see https://developer.vonage.com/en/api/sms#send-an-sms
 * @throws ConnectorError of each kind; `retry` only where Vonage took no part of the message and says to come back
 */
export async function send(message: Message, context: SendContext<VonageConfig>): Promise<SendResult> {
  const { config } = context;
  const reply = await postToProvider(context, {
    url: `${config.endpoint}/sms/json`,
    headers: {
      authorization: `Basic ${Buffer.from(`${config.apiKey}:${config.apiSecret}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(parametersOf(message, config)),
  });
  return { providerMessageId: acceptedId(reply, { message, config }), text: message.text };
}

function parametersOf({ to, text, lifetimeSeconds }: Message, { brandName }: VonageConfig) {
  return {
    from: brandName,
    to: to.replace(/^\+/, ''),
    text,
    // Sent as `text`, characters outside of the basic alphabet would be lost.
    type: countParts(text).encoding === 'UCS-2' ? 'unicode' : 'text',
    ttl: Math.min(maxLifetimeMs, Math.max(minLifetimeMs, Math.floor(lifetimeSeconds * 1000))),
  };
}
