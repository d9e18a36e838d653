import { ConnectorError, type ConnectorErrorCode, type ConnectorErrorData, isInDoubt } from '@sesame/connector-kit';
import { z } from 'zod';
import { describeNetworkFailure } from './network-failure.ts';
import { type Said, saidIn, saysMailboxGone, saysNoSuchRecipient, wordsOf } from './said-by-provider.ts';
import type { Thrown } from './thread/protocol.ts';

const maxCodeLength = 100;
const maxWordsLength = 300;

type Hide = (text: string) => string;

const words = z.string().optional().catch(undefined);
const ourData = z.object({
  kind: z.enum(['recipient', 'limit', 'configuration', 'unclear']),
  message: z.string(),
  providerCode: words,
  providerMessage: words,
  status: z.int().min(100).max(599).optional().catch(undefined),
  retryAfterSeconds: z.number().positive().max(86_400).optional().catch(undefined),
  isUnsent: z.boolean().optional().catch(undefined),
  isMailboxGone: z.boolean().optional().catch(undefined),
});
const ourCodes = z.enum(['general', 'invalid_config', 'invalid_response', 'rate_limit_exceeded', 'template_not_found']);

/**
 * What a connector's failure means to us; `undefined` for an error that is none of a connector or of the network. Its
 * errors are recognised by their shape, ours and those of Logto alike, since each package may have its own copy of the
 * class. Nothing passes that `hide` would mask.
 */
export function failureOfThrown(thrown: Thrown, hide: Hide): ConnectorError | undefined {
  const ours = ourData.safeParse(thrown.data);
  const code = ourCodes.safeParse(thrown.code).data;
  if (!ours.success) return failureOfLogto(thrown, hide);
  const { kind, message, status, retryAfterSeconds, isUnsent, isMailboxGone, providerCode, providerMessage } =
    ours.data;
  return new ConnectorError(
    {
      kind,
      message: tidy(message, maxWordsLength, hide),
      ...provider({ code: providerCode, message: providerMessage }, hide),
      ...(status !== undefined && { status }),
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
      ...(isUnsent && { isUnsent }),
      ...(isMailboxGone && { isMailboxGone }),
    },
    code,
  );
}

/** Codes that say more than `general` does. The rest of them are about email and social sign-in. */
const meanings: Record<string, [kind: ConnectorErrorData['kind'], code: ConnectorErrorCode, message: string]> = {
  rate_limit_exceeded: ['limit', 'rate_limit_exceeded', 'The provider is limiting messages.'],
  template_not_found: ['configuration', 'template_not_found', 'There is no template for this usage type.'],
  template_not_supported: ['configuration', 'template_not_found', 'The connector does not take this template.'],
  usage_limit_exceeded: ['limit', 'rate_limit_exceeded', 'The quota at the provider is used up.'],
  invalid_config: ['configuration', 'invalid_config', "The connector's configuration is not accepted."],
  insufficient_request_parameters: ['configuration', 'invalid_config', "The connector's configuration is incomplete."],
  invalid_response: ['unclear', 'invalid_response', 'The reply of the provider could not be read.'],
};

/**
 * Logto's connectors throw `general` for whatever the provider refuses, with its reply, a part of it, or words of their
 * own; the status of HTTP tells a refusal where they do not. They say not whose fault it is: it is the administrator's
 * unless the words speak of the recipient. Without a reply it is unclear what became of the message.
 */
function failureOfLogto(thrown: Thrown, hide: Hide): ConnectorError | undefined {
  const { code = '', data, message } = thrown;
  const httpStatus = tellingStatus(thrown.httpStatuses);
  const wasRefused = httpStatus >= 400;
  const meaning = wasRefused && code === 'invalid_response' ? undefined : meanings[code];
  if (meaning) {
    const [kind, ourCode, sentence] = meaning;
    return new ConnectorError({ kind, message: sentence, ...provider(saidIn(data), hide) }, ourCode);
  }
  if (code === 'general' || code === 'invalid_response') {
    const said = saidIn(data) ?? { code: '', message: wordsOf(data) ?? message };
    return refusal(said, httpStatus, provider(said, hide));
  }
  // What was not made for us may hold anything, so that nothing of it is told.
  if (wasRefused) return refusal({ code: '', message: '' }, httpStatus, { status: httpStatus });
  const failure = describeNetworkFailure(thrown);
  if (!failure) return undefined;
  return new ConnectorError({ kind: 'unclear', ...failure, message: tidy(failure.message, maxWordsLength, hide) });
}

/** That of a request which may have done something, else the last one; 0 if there was none, or one is not known. */
function tellingStatus(statuses: readonly number[] = []): number {
  return statuses.includes(0) ? 0 : (statuses.find(isInDoubt) ?? statuses.at(-1) ?? 0);
}

function refusal(said: Said, httpStatus: number, told: Partial<ConnectorErrorData>): ConnectorError {
  const status = httpStatus >= 400 ? httpStatus : said.status;
  // SendGrid's connector passes the words of the reply on, and not its status.
  if (status === 429 || /^too many requests\b/i.test(said.message)) {
    return new ConnectorError({ kind: 'limit', message: 'The provider is limiting messages.', ...told });
  }
  if (status ? isInDoubt(status) : !said.isReply) {
    const message = 'The connector does not say whether the message was sent.';
    return new ConnectorError({ kind: 'unclear', message, ...told });
  }
  const isMailboxGone = saysMailboxGone(said);
  if (isMailboxGone || saysNoSuchRecipient(said)) {
    const message = 'The provider does not take this recipient.';
    return new ConnectorError({ kind: 'recipient', message, ...told, ...(isMailboxGone && { isMailboxGone }) });
  }
  return new ConnectorError({ kind: 'configuration', message: 'The provider refused.', ...told }, 'general');
}

function provider(said: { code?: string | undefined; message?: string | undefined } | undefined, hide: Hide) {
  const providerCode = tidy(said?.code, maxCodeLength, hide);
  const providerMessage = tidy(said?.message, maxWordsLength, hide);
  return { ...(providerCode && { providerCode }), ...(providerMessage && { providerMessage }) };
}

/** Masked before it is cut: half a secret would no longer be found. */
function tidy(text: string | undefined, maxLength: number, hide: Hide): string {
  return hide(text ?? '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, maxLength);
}
