import { isMailboxGone, takesNoMail } from '@sesame/connector-kit';

/** What a provider said of a message that it refused, as far as a connector of Logto's lets it through. */
export type Said = {
  code: string;
  message: string;
  /** As the reply itself tells it. */
  status?: number | undefined;
  /** Whether it is the reply of a provider, and no words of the connector's own. */
  isReply?: true;
  /** Whether a mail server said it of the recipient. */
  isOfRecipient?: boolean;
};

/** A reason in words becomes `{ message }` in Logto's class. */
export function wordsOf(data: unknown): string | undefined {
  if (typeof data === 'string') return data;
  const entries = typeof data === 'object' && data ? Object.entries(data) : [];
  const [[key, value] = []] = entries;
  return entries.length === 1 && key === 'message' && typeof value === 'string' ? value : undefined;
}

/**
 * The provider's own code and words in its reply, which is JSON, `Code: words` as Tencent's connector writes it, or
 * `{ statusCode, body }` as Mailgun's does; or a reply of SMTP in the words of nodemailer.
 */
export function saidIn(data: unknown): Said | undefined {
  const words = wordsOf(data);
  return words === undefined ? saidInObject(data) : saidInWords(words);
}

function saidInObject(data: unknown): Said | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const code = find(data, /^(error_?)?code$/i) || find(data, /^(error|status)$/i);
  const message = find(data, /^(error_?)?(message|msg|description|detail|reason|text)$/i);
  const status = Number(find(data, /^(http_?)?status_?(code)?$/i)) || undefined;
  if (code || message) return { code, message, status, isReply: true };
  const body = 'body' in data ? data.body : undefined;
  if (!status || typeof body !== 'string') return undefined;
  return { code: '', message: body, ...saidInWords(body), status, isReply: true };
}

const refusedBySmtp =
  /^(?:Invalid login|(Can't send mail - all recipients were rejected)|(?:Mail|Data) command failed|Message failed): ([45]\d\d)[ -](.*)$/s;

function saidInWords(text: string): Said | undefined {
  const [, code, message] = /^([A-Z]\w+(?:\.\w+)+): (.*)$/s.exec(text) ?? [];
  if (code && message) return { code, message, isReply: true };
  const [, rejected, smtpCode, reply = ''] = refusedBySmtp.exec(text) ?? [];
  if (smtpCode) {
    // From 400 on, a mail server takes no mail for now.
    const status = smtpCode.startsWith('4') ? 429 : undefined;
    return { code: smtpCode, message: reply, status, isReply: true, isOfRecipient: rejected !== undefined };
  }
  try {
    return saidInObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Whether no mail will ever arrive there: a mail server says so, or Postmark, which sends no more after a bounce. */
export const saysMailboxGone = ({ code, message, isOfRecipient }: Said): boolean =>
  (isOfRecipient === true && isMailboxGone(Number(code), message)) ||
  /\brecipients?\b.* marked as inactive/.test(message);

/** Whether a domain gets no mail, or a provider does not take the address: Postmark and Mailgun name its parameter. */
export const saysNoSuchRecipient = ({ message, isOfRecipient }: Said): boolean =>
  (isOfRecipient === true && takesNoMail(message)) ||
  /^(?:Error parsing|Invalid) 'To'|^'?to'? parameter is not a valid address/i.test(message);

function find(data: object, name: RegExp, depth = 0): string {
  const entries = Object.entries(data);
  const own = entries.find(([key, value]) => name.test(key) && /^(string|number)$/.test(typeof value) && value !== '');
  if (own) return String(own[1]);
  if (depth > 3) return '';
  const inner = entries.map(([, value]) => (typeof value === 'object' && value ? find(value, name, depth + 1) : ''));
  return inner.find(Boolean) ?? '';
}
