import {
  ConnectorError,
  hideSecrets,
  type Message,
  type ProviderReply,
  retryAfterSeconds,
  unreadableReply,
} from '@sesame/connector-kit';
import { z } from 'zod';
import type { MessageBirdConfig } from './config.ts';
import { givenUpReasons, type Refusal, refusalFor } from './refusals.ts';

/** What was sent; nothing of it that is secret may come back in an error. */
export type Sent = { text: string; variables: Message['variables']; config: MessageBirdConfig };

const errorsGuard = z.object({
  errors: z
    .array(z.object({ code: z.number(), description: z.string().nullish(), parameter: z.string().nullish() }))
    .min(1),
});

/** The error for a reply that holds errors, or that has a status of 400 or more; `undefined` for others and redirects. */
export function refused(reply: ProviderReply, sent: Sent): ConnectorError | undefined {
  const { status, headers } = reply;
  if (status >= 300 && status < 400) return undefined;
  const errors = errorsGuard.safeParse(reply.json).data?.errors ?? [];
  if (errors.length === 0) {
    if (status < 400) return undefined;
    if (status !== 429) return unreadableReply(reply);
  }
  const read = errors.map(({ code, description, parameter }) => {
    const known = isInDoubt(status) ? undefined : refusalFor(code, parameter, description ?? '');
    return { code, refusal: known ?? refusalOf(status) };
  });
  // What concerns us outweighs what concerns the recipient: an administrator has to see it.
  const first = read.find(({ refusal }) => refusal.kind === 'configuration') ?? read[0];
  const refusal = first?.refusal ?? refusalOf(status);
  const words = errors.flatMap(({ description }) => description || []).join('; ');
  const wait = retryAfterSeconds(headers);
  return failure(refusal, sent, {
    status,
    ...(first && { providerCode: String(first.code) }),
    ...(words && { providerMessage: words }),
    ...(wait !== undefined && { retryAfterSeconds: wait }),
    ...(status === 429 && refusal.kind === 'limit' && { retry: true }),
  });
}

/** The error for a message that MessageBird took and gave up at once. */
export function givenUp(
  reply: ProviderReply,
  { reason, code }: { reason: string; code: number | undefined },
  sent: Sent,
): ConnectorError {
  const unknown: Refusal = { kind: 'unclear', meaning: 'MessageBird took the message and could not deliver it.' };
  return failure(givenUpReasons.get(reason.toLowerCase()) ?? unknown, sent, {
    status: reply.status,
    ...(code !== undefined && { providerCode: String(code) }),
    providerMessage: reason,
  });
}

/** MessageBird may have processed what it answers so, whatever the body says. */
function isInDoubt(status: number): boolean {
  return status >= 500 || status === 408;
}

function refusalOf(status: number): Refusal {
  if (isInDoubt(status)) return { kind: 'unclear', meaning: `MessageBird has a problem of its own (HTTP ${status}).` };
  if (status === 429)
    return { kind: 'limit', meaning: 'Requests come too fast; MessageBird did not process this one.' };
  return { kind: 'configuration', meaning: `MessageBird refused the request (HTTP ${status}).` };
}

type Details = {
  status: number;
  providerCode?: string;
  providerMessage?: string;
  retryAfterSeconds?: number;
  retry?: true;
};

function failure({ kind, meaning, fields = [] }: Refusal, sent: Sent, details: Details): ConnectorError {
  const { providerMessage } = details;
  const message = kind === 'unclear' ? `${meaning} The message may or may not have been sent.` : meaning;
  return new ConnectorError({
    ...details,
    kind,
    message,
    ...(providerMessage && { providerMessage: hide(providerMessage, sent) }),
    ...(fields.length > 0 && { issues: fields.map((path) => ({ path, message: meaning })) }),
  });
}

/** MessageBird quotes what it refuses; neither the text nor the code nor the key may travel on in its words. */
function hide(words: string, { text, variables, config }: Sent): string {
  return hideSecrets(words, [text, variables.code, config.accessKey]);
}
