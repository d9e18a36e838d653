import {
  type ConnectorError,
  configuration,
  doubt,
  hideSecrets,
  isInDoubt,
  type Message,
  maskEmailsIn,
  noMailbox,
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
import type { PostmarkConfig } from './config.ts';

type PostmarkRefusal = Refusal<keyof PostmarkConfig>;

/**
 * What each error code means that a send can meet. Code 300 stands for any field; the one that differs has an entry of
 * its own, with the field after a colon.
 * @see https://postmarkapp.com/developer/api/overview#error-codes
 */
export const refusals = refusalTable<PostmarkRefusal>({
  10: configuration('Postmark does not accept the server token.', 'serverToken'),
  100: unclear('Postmark is being maintained.'),
  300: configuration('Postmark refused a field of the mail; its words tell which.'),
  '300: To': recipient('Postmark does not take this address.'),
  400: configuration('Postmark knows no such sender; add its signature or domain.', 'fromEmail'),
  401: configuration('The signature of the sender is not confirmed yet.', 'fromEmail'),
  402: configuration('Postmark could not read the request; check the endpoint.', 'endpoint'),
  403: configuration('Postmark refused a field of the request; check the templates.', 'templates'),
  405: configuration('The credits of the Postmark account are used up; top them up.'),
  406: noMailbox('Postmark sends no more to this address: it bounced, complained or was suppressed.'),
  409: configuration('Postmark could not read the request; check the endpoint.', 'endpoint'),
  412: configuration('The Postmark account is not approved yet: it sends within the domain of the sender only.'),
  413: configuration('The Postmark account may not send; see its notices.'),
  1101: configuration('Postmark knows no template of this alias on this server.', 'templates'),
  1109: configuration('The variables do not fit the template at Postmark.', 'templates'),
  1235: configuration('The message stream does not exist on this server.'),
});

/** What Postmark answers, accepted or refused. */
export const replyGuard = z.object({
  ErrorCode: z.number().int(),
  Message: z.string().catch(''),
  MessageID: z.string().min(1).max(100).optional().catch(undefined),
});

/** What was sent; nothing of it that is secret may come back in an error. */
type Sent = Pick<Message, 'text' | 'variables' | 'mail'> & { config: PostmarkConfig };

/** The error for a mail that Postmark did not take. */
export function refused(reply: ProviderReply, { text, variables, mail, config }: Sent): ConnectorError {
  const { status } = reply;
  const answer = replyGuard.safeParse(reply.json).data;
  if (!answer && status !== 429) return unreadableReply(reply);
  const { ErrorCode, Message = '' } = answer ?? {};
  const known = ErrorCode === undefined || isInDoubt(status) ? undefined : refusalFor(ErrorCode, Message);
  const refusal = known ?? refusalOf(status);
  const hide = (said: string) =>
    maskEmailsIn(hideSecrets(said, [mail?.html, text, variables.code, config.serverToken]));
  const notes = [refusal.kind === 'unclear' && doubt];
  return refusalError(reply, refusal, { code: ErrorCode, words: Message, notes, config, hide });
}

const refusalFor = (code: number, words: string): PostmarkRefusal | undefined =>
  refusals.get(`${code}: ${/^(?:Error parsing|Invalid) '(To)'/i.exec(words)?.[1]}`) ?? refusals.get(String(code));

function refusalOf(status: number): PostmarkRefusal {
  if (isInDoubt(status)) return unclear(`Postmark has a problem of its own (HTTP ${status}).`);
  if (status === 429) return throttled('Requests come too fast; Postmark did not process this one.');
  return configuration(`Postmark refused the request (HTTP ${status}).`);
}
