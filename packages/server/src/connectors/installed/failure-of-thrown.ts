import { ConnectorError, type ConnectorErrorCode, type ConnectorErrorData } from '@sesame/connector-kit';
import { z } from 'zod';
import { describeNetworkFailure } from './network-failure.ts';
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
 * What a connector's failure means to us; `undefined` for an error that is none of a connector or of the network. Its errors are recognised by their shape, ours and those of Logto alike,
 * since each package may have its own copy of the class. Nothing passes that `hide` would mask.
 */
export function failureOfThrown(thrown: Thrown, hide: Hide): ConnectorError | undefined {
  const ours = ourData.safeParse(thrown.data);
  const code = ourCodes.safeParse(thrown.code).data;
  if (!ours.success) return failureOfLogto(thrown, hide);
  const { kind, message, status, retryAfterSeconds, isUnsent, isMailboxGone, ...said } = ours.data;
  return new ConnectorError(
    {
      kind,
      message: tidy(message, maxWordsLength, hide),
      ...provider(said.providerCode, said.providerMessage, hide),
      ...(status !== undefined && { status }),
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
      ...(isUnsent && { isUnsent }),
      ...(isMailboxGone && { isMailboxGone }),
    },
    code,
  );
}

/** Codes that say more than `general` does. The rest of them are about e-mail and social sign-in. */
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
 * Logto's connectors throw `general` for whatever the provider refuses, with its reply as it came. They do not say whose
 * fault it is, so it goes to the administrator; without a reply it is unclear what became of the message.
 */
function failureOfLogto(thrown: Thrown, hide: Hide): ConnectorError | undefined {
  const { code = '', data, message } = thrown;
  const text = textOf(data);
  const said = saidIn(text ?? data);
  const shown = provider(said?.code, said?.message, hide);
  const meaning = meanings[code];
  if (meaning) {
    const [kind, ourCode, sentence] = meaning;
    return new ConnectorError({ kind, message: sentence, ...shown }, ourCode);
  }
  if (code !== 'general') {
    const failure = describeNetworkFailure(thrown);
    if (!failure) return undefined;
    return new ConnectorError({ kind: 'unclear', ...failure, message: tidy(failure.message, maxWordsLength, hide) });
  }
  // SendGrid's connector passes the words of the reply on, and not its status.
  if (said?.status === 429 || /^too many requests\b/i.test(said?.message ?? '')) {
    return new ConnectorError({ kind: 'limit', message: 'The provider is limiting messages.', ...shown });
  }
  if (said && !(said.status && said.status >= 500)) {
    return new ConnectorError({ kind: 'configuration', message: 'The provider refused.', ...shown }, 'general');
  }
  const words = said ? shown : provider('', text ?? message, hide);
  const sentence = 'The connector does not say whether the message was sent.';
  return new ConnectorError({ kind: 'unclear', message: sentence, ...words });
}

/** A reason in words becomes `{ message }` in Logto's class. */
function textOf(data: unknown): string | undefined {
  if (typeof data === 'string') return data;
  const entries = typeof data === 'object' && data ? Object.entries(data) : [];
  const [[key, value] = []] = entries;
  return entries.length === 1 && key === 'message' && typeof value === 'string' ? value : undefined;
}

const refusedBySmtp =
  /^(?:Invalid login|Can't send mail - all recipients were rejected|(?:Mail|Data) command failed|Message failed): ([45]\d\d)[ -](.*)$/s;

type Said = { code: string; message: string; status: number | undefined };

/**
 * The provider's own code and words in its reply, which is JSON, `Code: words` as Tencent's connector writes it, or
 * `{ statusCode, body }` as Mailgun's does; or a reply of SMTP in the words of nodemailer.
 */
function saidIn(data: unknown): Said | undefined {
  if (typeof data === 'object' && data !== null) {
    const code = find(data, /^(error_?)?code$/i) || find(data, /^(error|status)$/i);
    const message = find(data, /^(error_?)?(message|msg|description|detail|reason|text)$/i);
    const status = Number(find(data, /^(http_?)?status_?(code)?$/i)) || undefined;
    if (code || message) return { code, message, status };
    const body = 'body' in data ? data.body : undefined;
    return status && typeof body === 'string' ? { code: '', message: body, ...saidIn(body), status } : undefined;
  }
  if (typeof data !== 'string') return undefined;
  const [, code, message] = /^([A-Z]\w+(?:\.\w+)+): (.*)$/s.exec(data) ?? [];
  if (code && message) return { code, message, status: undefined };
  const [, smtpCode, reply = ''] = refusedBySmtp.exec(data) ?? [];
  // From 400 on, a mail server takes no mail for now.
  if (smtpCode) return { code: smtpCode, message: reply, status: smtpCode.startsWith('4') ? 429 : undefined };
  try {
    const body: unknown = JSON.parse(data);
    return typeof body === 'object' ? saidIn(body) : undefined;
  } catch {
    return undefined;
  }
}

function find(data: object, name: RegExp, depth = 0): string {
  const entries = Object.entries(data);
  const own = entries.find(([key, value]) => name.test(key) && /^(string|number)$/.test(typeof value) && value !== '');
  if (own) return String(own[1]);
  if (depth > 3) return '';
  const inner = entries.map(([, value]) => (typeof value === 'object' && value ? find(value, name, depth + 1) : ''));
  return inner.find(Boolean) ?? '';
}

function provider(code: string | undefined, message: string | undefined, hide: Hide) {
  const [providerCode, providerMessage] = [tidy(code, maxCodeLength, hide), tidy(message, maxWordsLength, hide)];
  return { ...(providerCode && { providerCode }), ...(providerMessage && { providerMessage }) };
}

/** Masked before it is cut: half a secret would no longer be found. */
function tidy(text: string | undefined, maxLength: number, hide: Hide): string {
  return hide(text ?? '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, maxLength);
}
