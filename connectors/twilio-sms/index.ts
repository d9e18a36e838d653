import {
  ConnectorError,
  chooseTemplateOnce,
  defineConnector,
  type Message,
  type ProviderReply,
  postToProvider,
  type SendContext,
  type SendResult,
  type Template,
  textError,
  unreadableReply,
} from '@sesame/connector-kit';
import { z } from 'zod';
import { afterwards } from './afterwards.ts';
import { configGuard, headersOf, isWhatsApp, messagesOf, type TwilioConfig } from './config.ts';
import { metadata } from './metadata.ts';
import { givenUp, refused } from './refusals.ts';
import { reports } from './reports.ts';

/** Sends verification codes with Twilio's Messages API (2010-04-01). */
export default defineConnector<TwilioConfig, Template>({
  metadata,
  configGuard,
  // What goes to WhatsApp has no text of ours.
  defaultTemplates: [{ usageType: 'Generic' }],
  send,
  reports,
  afterwards,
});

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
  const parameters = isWhatsApp(config) ? whatsAppParameters(message, config) : smsParameters(message, config);
  const reply = await postToProvider(context, {
    url: `${messagesOf(config)}.json`,
    headers: { ...headersOf(config), 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...parameters, ...sharedParameters(message, config) }).toString(),
  });
  if (reply.status >= 400) throw refused(reply, { message, config });
  return { providerMessageId: acceptedSid(reply, message, config), text: parameters.Body };
}

function checkText(message: Message): void {
  const { length } = message.text;
  if (message.text.trim() !== '' && length <= maxTextLength) return;
  throw textError(message, `is ${length} characters long; Twilio takes 1 to ${maxTextLength} and no blank text.`);
}

type Fields = Record<string, string> & { Body?: string };

function smsParameters(message: Message, { from, disableRiskCheck }: TwilioConfig): Fields {
  checkText(message);
  return {
    To: message.to,
    ...(from && { From: from }),
    Body: message.text,
    RiskCheck: disableRiskCheck ? 'disable' : 'enable',
  };
}

/**
 * To whoever has not written within a day, WhatsApp takes no text of ours, only the code for a template that it approved.
 * @see https://www.twilio.com/docs/content/send-templates-created-with-the-content-template-builder
 */
function whatsAppParameters({ to, variables }: Message, { from, whatsAppTemplates = [] }: TwilioConfig): Fields {
  const { code, locale } = variables;
  if (code === undefined) {
    const message =
      'WhatsApp takes the code for a template of its own alone: there is none for a message without a code.';
    throw new ConnectorError({ kind: 'configuration', message }, 'template_not_found');
  }
  const template = chooseTemplateOnce(whatsAppTemplates, 'Generic', typeof locale === 'string' ? locale : []);
  return {
    To: `whatsapp:${to}`,
    ...(from && { From: `whatsapp:${from}` }),
    ...(template && { ContentSid: template.contentSID }),
    ContentVariables: JSON.stringify({ 1: String(code) }),
  };
}

function sharedParameters(message: Message, { fromMessagingServiceSID, tellVerified }: TwilioConfig): Fields {
  return {
    ...(fromMessagingServiceSID && { MessagingServiceSid: fromMessagingServiceSID }),
    ValidityPeriod: String(Math.min(maxValiditySeconds, Math.max(1, Math.floor(message.lifetimeSeconds)))),
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
