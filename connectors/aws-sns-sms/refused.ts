import {
  ConnectorError,
  type FailureKind,
  hideSecrets,
  type Message,
  type ProviderReply,
  retryAfterSeconds,
  unreadableReply,
} from '@sesame/connector-kit';
import type { SnsConfig } from './config.ts';
import { type Refusal, refusalFor } from './refusals.ts';
import { readXml } from './xml.ts';

/** What was sent; nothing of it that is secret may come back in an error. */
export type Sent = { text: string; variables: Message['variables']; config: SnsConfig };

/** The error for an answer with a status of 400 or more. */
export function refused(reply: ProviderReply, sent: Sent): ConnectorError {
  const { status, headers } = reply;
  const body = readXml(reply.text, 'ErrorResponse');
  const code = body?.get('Code');
  if (!code && status !== 429) return unreadableReply(reply);
  const words = body?.get('Message') ?? '';
  const requestId = body?.get('RequestId') ?? headers.get('x-amzn-requestid');
  const refusal = code && !isInDoubt(status) ? refusalFor(code, words) : undefined;
  const kind = refusal?.kind ?? kindOf(status);
  const wait = retryAfterSeconds(headers);
  const fields = fieldsInUse(refusal, sent.config);
  const meaning = refusal?.meaning ?? meaningOf(status);
  return new ConnectorError({
    kind,
    message: [
      meaning,
      kind === 'unclear' && 'The message may or may not have been sent.',
      requestId && `(RequestId ${hide(requestId, sent)})`,
    ]
      .filter(Boolean)
      .join(' '),
    status,
    ...(code && { providerCode: hide(code, sent) }),
    ...(words && { providerMessage: hide(words, sent) }),
    ...(fields.length > 0 && { issues: fields.map((path) => ({ path, message: meaning })) }),
    ...(wait !== undefined && { retryAfterSeconds: wait }),
    ...((refusal ? refusal.notProcessed : status === 429) && { retry: true }),
  });
}

/** AWS may have processed what it answers so, whatever the body says. */
function isInDoubt(status: number): boolean {
  return status >= 500 || status === 408;
}

function kindOf(status: number): FailureKind {
  if (isInDoubt(status)) return 'unclear';
  return status === 429 ? 'limit' : 'configuration';
}

function meaningOf(status: number): string {
  if (status >= 500) return `AWS has a problem of its own (HTTP ${status}).`;
  if (status === 429) return 'AWS is limiting requests.';
  return `Amazon SNS refused the request (HTTP ${status}).`;
}

function fieldsInUse(refusal: Refusal | undefined, config: SnsConfig) {
  return (refusal?.fields ?? []).filter((field) => config[field]);
}

/**
 * AWS quotes what it refuses; neither the text nor the code nor a secret may travel on in its words. Where a signature
 * does not match, it quotes the hash of the request as well, out of which anyone could work out a six-digit code.
 */
function hide(words: string, { text, variables, config }: Sent): string {
  const withoutHashes = words.replace(/\b[\da-f]{64}\b/gi, '[hidden]');
  return hideSecrets(withoutHashes, [text, variables.code, config.accessKeySecret, config.sessionToken]);
}
