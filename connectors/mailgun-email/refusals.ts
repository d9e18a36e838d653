import {
  type ConnectorError,
  configuration,
  doubt,
  hideSecrets,
  isInDoubt,
  limit,
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
import type { MailgunConfig } from './config.ts';

type MailgunRefusal = Refusal<keyof MailgunConfig>;

/**
 * What each status means. Mailgun has no codes of its own; what a status is about, as its words tell, follows a colon.
 * @see https://documentation.mailgun.com/docs/mailgun/api-reference/mg-status-codes
 */
export const refusals = refusalTable<MailgunRefusal>({
  400: configuration('Mailgun refused the request; its words tell why.'),
  '400: from': configuration('Mailgun does not take the sender.', 'from'),
  '400: sandbox': configuration(
    'A sandbox domain sends to authorized recipients only; add a domain of your own.',
    'domain',
  ),
  '400: template': configuration('Mailgun knows no such template in this domain.', 'deliveries'),
  '400: to': recipient('Mailgun does not take this address.'),
  401: configuration('Mailgun does not accept the API key; is it of this region?', 'apiKey', 'endpoint'),
  402: configuration('The Mailgun account is not paid for.'),
  403: configuration('The domain may not send; see its state at Mailgun.', 'domain'),
  '403: limit': limit('The Mailgun account has sent as many mails as it may.'),
  '403: sandbox': configuration(
    'A sandbox domain sends to authorized recipients only; add a domain of your own.',
    'domain',
  ),
  404: configuration('Mailgun knows no such domain; is it of this region?', 'domain', 'endpoint'),
  413: configuration('The mail is too large.', 'deliveries'),
  429: throttled('Requests come too fast; Mailgun did not process this one.'),
});

const toldByWords: [words: RegExp, about: string][] = [
  [/sandbox|authorized recipient|test purposes/i, 'sandbox'],
  [/limit|quota/i, 'limit'],
  [/template/i, 'template'],
  [/\bfrom\b/i, 'from'],
  [/\bto\b.{0,20}(?:parameter|address)|recipient/i, 'to'],
];

const replyGuard = z.object({ message: z.string() });

/** What was sent; nothing of it that is secret may come back in an error. */
type Sent = Pick<Message, 'text' | 'variables' | 'mail'> & { config: MailgunConfig };

/** The error for an answer with a status of 400 or more. */
export function refused(reply: ProviderReply, { text, variables, mail, config }: Sent): ConnectorError {
  const { status } = reply;
  const words = replyGuard.safeParse(reply.json).data?.message ?? '';
  // A wrong key is answered with a word alone.
  if (words === '' && status !== 401 && status !== 429) return unreadableReply(reply);
  const refusal = meaningOf(status, words);
  const basic = Buffer.from(`api:${config.apiKey}`).toString('base64');
  const hide = (said: string) =>
    maskEmailsIn(hideSecrets(said, [mail?.html, text, variables.code, config.apiKey, basic]));
  return refusalError(reply, refusal, {
    code: status,
    words,
    notes: [refusal.kind === 'unclear' && doubt],
    config,
    hide,
  });
}

function meaningOf(status: number, words: string): MailgunRefusal {
  if (isInDoubt(status)) return unclear(`Mailgun has a problem of its own (HTTP ${status}).`);
  const about = toldByWords.find(([pattern, name]) => pattern.test(words) && refusals.has(`${status}: ${name}`))?.[1];
  const known = refusals.get(`${status}: ${about}`) ?? refusals.get(String(status));
  return known ?? configuration(`Mailgun refused the request (HTTP ${status}).`);
}
