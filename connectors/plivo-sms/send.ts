import {
  ConnectorError,
  countParts,
  type Message,
  postToProvider,
  type SendContext,
  type SendResult,
} from '@sesame/connector-kit';
import type { PlivoConfig } from './config.ts';
import { acceptedId } from './reply.ts';

/** How much text Plivo takes, in the units that {@link countParts} counts. */
const maxUnits = { 'GSM-7': 1600, 'UCS-2': 737 };
const minExpirySeconds = 5;
const maxExpirySeconds = 10_799;

/**
 * Sends one message.
 * @see https://www.plivo.com/docs/messaging/api/message/send-a-message
 * @throws ConnectorError of each kind; `retry` only for what Plivo says it did not process
 */
export async function send(message: Message, context: SendContext<PlivoConfig>): Promise<SendResult> {
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
  const problem =
    `The text for ${usageType} has ${unitsUsed} characters; Plivo takes 1 to ${maxUnits['GSM-7']} and no blank text, ` +
    `or ${maxUnits['UCS-2']} where one of them is not in the alphabet of plain SMS.`;
  throw new ConnectorError({
    kind: 'configuration',
    message: problem,
    issues: [{ path: 'templates', message: problem }],
  });
}

function parametersOf({ to, text, lifetimeSeconds }: Message, { src, powerpackUuid }: PlivoConfig) {
  return {
    ...(powerpackUuid ? { powerpack_uuid: powerpackUuid } : { src }),
    dst: to.replace(/^\+/, ''),
    text,
    message_expiry: Math.min(maxExpirySeconds, Math.max(minExpirySeconds, Math.floor(lifetimeSeconds))),
  };
}
