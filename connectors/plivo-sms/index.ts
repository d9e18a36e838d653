import {
  countParts,
  defineConnector,
  fieldError,
  type Message,
  type ProviderReply,
  postToProvider,
  type SendContext,
  type SendResult,
  unreadableReply,
} from '@sesame/connector-kit';
import { z } from 'zod';
import { configGuard, type PlivoConfig } from './config.ts';
import { metadata } from './metadata.ts';
import { invalidNumber, refused, type Sent } from './refusals.ts';
import { reports } from './reports.ts';

/** Sends verification codes with Plivo's Message API (v1). */
export default defineConnector({ metadata, configGuard, send, reports });

/** How much text Plivo takes, in the units that {@link countParts} counts. */
const maxUnits = { 'GSM-7': 1600, 'UCS-2': 737 };
const minExpirySeconds = 5;
const maxExpirySeconds = 10_799;

/**
 * Sends one message.
 * @see https://www.plivo.com/docs/messaging/api/message/send-a-message
 * @throws ConnectorError of each kind; `retry` only for what Plivo says it did not process
 */
async function send(message: Message, context: SendContext<PlivoConfig>): Promise<SendResult> {
  const { config } = context;
  checkText(message);
  const reply = await postToProvider(context, {
    url: `${config.endpoint}/v1/Account/${encodeURIComponent(config.authId)}/Message/`,
    headers: {
      authorization: `Basic ${Buffer.from(`${config.authId}:${config.authToken}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(parametersOf(message, config)),
  });
  return { providerMessageId: acceptedId(reply, { message, config }), text: message.text };
}

function checkText({ text, usageType }: Message): void {
  const { encoding, unitsUsed } = countParts(text);
  if (text.trim() && unitsUsed <= maxUnits[encoding]) return;
  throw fieldError(
    'templates',
    `The text for ${usageType} has ${unitsUsed} characters; Plivo takes 1 to ${maxUnits['GSM-7']} and no blank text, ` +
      `or ${maxUnits['UCS-2']} where one of them is not in the alphabet of plain SMS.`,
  );
}

function parametersOf({ to, text, lifetimeSeconds, reportUrl }: Message, { src, powerpackUuid }: PlivoConfig) {
  return {
    ...(powerpackUuid ? { powerpack_uuid: powerpackUuid } : { src }),
    dst: to.replace(/^\+/, ''),
    text,
    message_expiry: Math.min(maxExpirySeconds, Math.max(minExpirySeconds, Math.floor(lifetimeSeconds))),
    ...(reportUrl && { url: reportUrl, method: 'POST' }),
  };
}

const acceptedGuard = z.object({ message_uuid: z.tuple([z.string().min(1)], z.unknown()) });
const notAcceptedGuard = z.object({ api_id: z.string().optional(), invalid_number: z.array(z.unknown()).min(1) });

/**
 * The id of an accepted message.
 * @see https://www.plivo.com/docs/messaging/api/message/send-a-message
 * @throws ConnectorError for every other answer
 */
function acceptedId(reply: ProviderReply, sent: Sent): string {
  if (reply.status >= 400) throw refused(reply, sent);
  if (reply.status < 200 || reply.status >= 300) throw unreadableReply(reply);
  const accepted = acceptedGuard.safeParse(reply.json);
  if (accepted.success) return accepted.data.message_uuid[0];
  const refusal = notAcceptedGuard.safeParse(reply.json);
  throw refusal.success ? invalidNumber(reply, refusal.data.api_id, sent) : unreadableReply(reply);
}
