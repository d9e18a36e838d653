/** What nodemailer tells of a mail that did not go out. */
export type SmtpError = {
  code?: unknown;
  /** The code of the system or of the token endpoint, where `code` says what it was about. */
  originalCode?: unknown;
  command?: unknown;
  responseCode?: unknown;
  response?: unknown;
  message?: unknown;
  /** What the system was asked for. */
  syscall?: unknown;
};

const connection = String.raw`\b(?:connections?|sessions?|threads?)\b`;
const tooMany = '(?:too many|too much|limit|exceed|maximum|concurrent|simultaneous)';
const saysTooManyConnections = new RegExp(`${tooMany}.{0,80}${connection}|${connection}.{0,80}${tooMany}`, 'is');
const goesOver = String.raw`\b(?:messages?|mails?|e-?mails|recipients?|transactions?)\b`;
const saysTooManyMails = new RegExp(
  `(?:${tooMany}.{0,40}${goesOver}|${goesOver}.{0,40}${tooMany}).{0,40}${connection}`,
  'is',
);
/** Too many recipients, where each mail has one: those of all mails on the connection. */
const tooManyRecipients = /\b[45]\.5\.3\b/;

/** The server knows nothing of what came before, or of the sign-in. */
const ofSession = new Set([503, 530]);

const replyOf = (error: unknown) => {
  const { responseCode, response } = (error ?? {}) as SmtpError;
  return { status: Number(responseCode) || 0, words: String(response ?? '') };
};

/** Whether the server has had enough of the connection, but takes the same mail on another one. */
export function isUsedUp(error: unknown): boolean {
  const { status, words } = replyOf(error);
  return status >= 400 && status < 600 && (tooManyRecipients.test(words) || saysTooManyMails.test(words));
}

/** Whether the server takes no further connection beside those that it has. */
export function hasEnoughConnections(error: unknown): boolean {
  const { status, words } = replyOf(error);
  const isOfRate = /\brate\b/i.test(words);
  return status >= 400 && status < 500 && !isOfRate && !isUsedUp(error) && saysTooManyConnections.test(words);
}

/**
 * Whether what was said of a mail may be said of each that follows on the same connections: a token that is good no
 * longer, a session that the server has lost or has had enough of, a reply that belongs to another command.
 */
export function spoilsConnections(error: unknown): boolean {
  const { code } = (error ?? {}) as SmtpError;
  const { status } = replyOf(error);
  if (code === 'EAUTH') return status < 400 || status >= 500;
  if (code !== 'EENVELOPE' && code !== 'EMESSAGE') return false;
  const isReply = status >= 400 && status < 600;
  return !isReply || ofSession.has(status) || isUsedUp(error);
}
