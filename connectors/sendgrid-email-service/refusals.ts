import {
  type ConnectorError,
  configuration,
  doubt,
  hideSecrets,
  isInDoubt,
  type Message,
  maskEmailsIn,
  type ProviderReply,
  type Refusal,
  recipient,
  refusalError,
  refusalTable,
  throttled,
  unclear,
  unreadableReply,
} from '@sesame/connector-kit';
import { z } from 'zod';
import type { SendGridConfig } from './config.ts';

type SendGridRefusal = Refusal<keyof SendGridConfig>;

const badSender = configuration('SendGrid does not let the account send from this address.', 'fromEmail');

/**
 * What each status means. SendGrid has no codes of its own; what a status is about follows a colon: the field that it
 * names, or its words.
 * @see https://www.twilio.com/docs/sendgrid/api-reference/mail-send/errors
 */
export const refusals = refusalTable<SendGridRefusal>({
  400: configuration('SendGrid refused the request; its words tell why.'),
  '400: content': configuration('SendGrid does not take what the mail says.', 'templates'),
  '400: from': badSender,
  '400: personalizations': recipient('SendGrid does not take this address.'),
  '400: subject': configuration('SendGrid does not take the subject.', 'templates'),
  401: configuration('SendGrid does not accept the API key.', 'apiKey'),
  '401: credits': configuration('The credits of the SendGrid account are used up; see its plan.'),
  403: configuration('The API key may not send; allow it Mail Send.', 'apiKey'),
  '403: from': badSender,
  404: configuration('There is no such API; check the endpoint.', 'endpoint'),
  413: configuration('The mail is too large.', 'templates'),
  429: throttled('Requests come too fast; SendGrid did not process this one.'),
});

const replyGuard = z.object({
  errors: z.array(z.object({ message: z.string(), field: z.string().nullish() })).min(1),
});

/** What was sent; nothing of it that is secret may come back in an error. */
type Sent = Pick<Message, 'text' | 'variables' | 'mail'> & { config: SendGridConfig };

/** The error for an answer with a status of 400 or more. */
export function refused(reply: ProviderReply, { text, variables, mail, config }: Sent): ConnectorError {
  const { status } = reply;
  const errors = replyGuard.safeParse(reply.json).data?.errors ?? [];
  if (errors.length === 0 && status !== 429) return unreadableReply(reply);
  const words = errors.map(({ message }) => message).join('; ');
  const refusal = isInDoubt(status) ? undefined : errors.map((error) => meaningOf(status, error)).sort(byUrgency)[0];
  const told = refusal ?? refusalOf(status);
  const hide = (said: string) => maskEmailsIn(hideSecrets(said, [mail?.html, text, variables.code, config.apiKey]));
  return refusalError(reply, told, { code: status, words, notes: [told.kind === 'unclear' && doubt], config, hide });
}

type Said = { message: string; field?: string | null | undefined };

function meaningOf(status: number, { message, field }: Said): SendGridRefusal | undefined {
  const about = /credits/i.test(message) ? 'credits' : field?.split('.')[0];
  return refusals.get(`${status}: ${about}`) ?? refusals.get(String(status));
}

/** What concerns us outweighs what concerns the recipient: an administrator has to see it. */
const byUrgency = (one?: SendGridRefusal, other?: SendGridRefusal) =>
  Number(other?.kind === 'configuration') - Number(one?.kind === 'configuration');

function refusalOf(status: number): SendGridRefusal {
  if (isInDoubt(status)) return unclear(`SendGrid has a problem of its own (HTTP ${status}).`);
  return refusals.get(String(status)) ?? configuration(`SendGrid refused the request (HTTP ${status}).`);
}
