import {
  defineConnector,
  type Message,
  type ProviderReply,
  postToProvider,
  type SendContext,
  type SendResult,
  textError,
  unreadableReply,
} from '@sesame/connector-kit';
import { z } from 'zod';
import { afterwards } from './afterwards.ts';
import { configGuard, headersOf, messagesOf, type TwilioConfig } from './config.ts';
import { metadata } from './metadata.ts';
import { givenUp, refused } from './refusals.ts';
import { reports } from './reports.ts';

/** Sends verification codes with Twilio's Messages API (2010-04-01). */
export default defineConnector({ metadata, configGuard, send, reports, afterwards });

const maxTextLength = 1600;
const maxValiditySeconds = 36_000;

const acceptedGuard = z.object({
  sid: z.string().min(1),
  status: z.string().optional(),
  error_code: z.number().nullish(),
  error_message: z.string().nullish(),
});

const givenUpStates = new Set(['failed', 'undelivered', 'canceled']);

/**
 * Sends one message.
 * @see https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource
 * @throws ConnectorError of each kind; `retry` only for what Twilio says it did not process
 */
async function send(message: Message, context: SendContext<TwilioConfig>): Promise<SendResult> {
  const { config } = context;
  checkText(message);
  const reply = await postToProvider(context, {
    url: `${messagesOf(config)}.json`,
    headers: { ...headersOf(config), 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(parametersOf(message, config)).toString(),
  });
  if (reply.status >= 400) throw refused(reply, { message, config });
  return { providerMessageId: acceptedSid(reply, message, config), text: message.text };
}

function checkText(message: Message): void {
  const { length } = message.text;
  if (message.text.trim() !== '' && length <= maxTextLength) return;
  throw textError(message, `is ${length} characters long; Twilio takes 1 to ${maxTextLength} and no blank text.`);
}

function parametersOf(message: Message, config: TwilioConfig) {
  const { fromMessagingServiceSID, from, disableRiskCheck, tellVerified } = config;
  return {
    To: message.to,
    ...(fromMessagingServiceSID && { MessagingServiceSid: fromMessagingServiceSID }),
    ...(from && { From: from }),
    Body: message.text,
    ValidityPeriod: String(Math.min(maxValiditySeconds, Math.max(1, Math.floor(message.lifetimeSeconds)))),
    RiskCheck: disableRiskCheck ? 'disable' : 'enable',
    ...(tellVerified && { ProvideFeedback: 'true' }),
    ...(message.reportUrl && { StatusCallback: message.reportUrl }),
  };
}

function acceptedSid(reply: ProviderReply, message: Message, config: TwilioConfig): string {
  const body = acceptedGuard.safeParse(reply.json);
  if (reply.status >= 300 || !body.success) throw unreadableReply(reply);
  const { sid, status: state, error_code, error_message } = body.data;
  if (state && givenUpStates.has(state)) {
    throw givenUp(
      reply,
      { state, code: error_code ?? undefined, words: error_message ?? undefined },
      { message, config },
    );
  }
  return sid;
}
