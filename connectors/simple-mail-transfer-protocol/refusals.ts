import {
  ConnectorError,
  configuration,
  doubt,
  hideSecrets,
  isMailboxGone,
  limit,
  maskEmailsIn,
  type Refusal,
  recipient,
  refusalError,
  refusesSender,
  throttled,
  unclear,
} from '@sesame/connector-kit';
import type { SmtpConfig } from './config.ts';
import type { Undelivered } from './pools.ts';
import { hasEnoughConnections, isUsedUp, type SmtpError } from './smtp-error.ts';

type SmtpRefusal = Refusal<keyof SmtpConfig>;

const signIn = configuration('The mail server refused the sign-in; check auth.', 'auth');
const sender = configuration(
  'The mail server refuses mails of this sender; check fromEmail and its rules.',
  'fromEmail',
);
const content = configuration('The mail server refused what the mail says; check the templates.', 'templates');
const encryption = configuration(
  'No encrypted connection to the mail server; check port, secure and requireTLS, and whether its certificate is trusted (tls).',
);
const noEncryption = configuration(
  'The mail server offers no encryption, so neither the password nor the mail was sent; check host, port and secure. For a relay in a network of your own switch ignoreTLS on, and requireTLS off.',
  'port',
  'ignoreTLS',
);
const noSuchAddress = configuration('This server has no such address; check localAddress.', 'localAddress');
const notNow = limit('The mail server takes no mail for now.');
const notOnThis = throttled('The mail server takes no more mails over so many connections, or over one of them.');
const noMailbox = recipient('The mail server knows no such mailbox, or it takes no mail.');
const notRequest = configuration('The mail server refused the mail; its words tell why.');
const wrongServer = configuration('The server at this host and port takes no mail of ours.', 'host', 'port');

/**
 * What an enhanced status code means, for replies from 500 on: the whole code, else its subject and the digit before it.
 * @see https://www.iana.org/assignments/smtp-enhanced-status-codes
 */
export const enhancedCodes: ReadonlyMap<string, SmtpRefusal> = new Map<string, SmtpRefusal>([
  ['5.1', noMailbox],
  ['5.1.7', sender],
  ['5.1.8', sender],
  ['5.2', noMailbox],
  ['5.2.3', content],
  ['5.3', notRequest],
  ['5.3.4', content],
  ['5.4', noMailbox],
  ['5.5', notRequest],
  ['5.6', content],
  ['5.7', sender],
  ['5.7.8', signIn],
  ['5.7.9', signIn],
]);

/** What the reply to a command means that has no enhanced code, from 500 on; for `DATA` and what comes after it too. */
const byCommand: [command: RegExp, SmtpRefusal][] = [
  [/^STARTTLS/, encryption],
  [/^AUTH/, signIn],
  [/^MAIL FROM/, sender],
  [/^RCPT TO/, noMailbox],
  [/^DATA/, content],
];
/** Replies to a command that the server does not know, or not now: they say nothing of what it names (RFC 5321, 4.2.2). */
const ofOrder = new Set([500, 502, 503, 504]);
/** What refuses us, or what we sent before, in a reply to the recipient. */
const saysOfUs =
  /relay|authenticat|denied|\b(?:black|block|deny) ?list|blocked (?:using|by|due|for)|spam|\b(?:dns[bw]l|rbl|spf|dkim|dmarc|ptr|rdns|helo|ehlo)\b|reverse dns|listed|reputation|policy|\bsender|client host|\byour (?:ip|host|server|domain|network)\b/i;
/** Replies that are about the sign-in, whichever command they answer (RFC 4954, section 6). */
const ofSignIn = new Set([530, 534, 535, 538]);

/**
 * The error for a mail that did not go out, by the reply of the server (RFC 5321, section 4.2; enhanced codes of RFC
 * 3463), else by how far it got: a connection that is lost after the mail began leaves in doubt whether it was accepted.
 */
export function refused({ cause, hasBegun }: Undelivered, secrets: readonly unknown[]): ConnectorError {
  const error = (cause ?? {}) as SmtpError;
  const hide = (words: string) => maskEmailsIn(hideSecrets(words.replace(/[\s\p{Cc}]+/gu, ' ').trim(), secrets));
  const status = Number(error.responseCode) || 0;
  // What is no reply of SMTP says nothing of a mail that has not begun.
  if (status >= 400 && (status < 600 || hasBegun)) {
    const words = String(error.response ?? '').replace(/^\d{3}[ -]?/, '');
    return refusalError({ status }, withMailbox(meaningOf(status, words, error), status, words), {
      code: status,
      words,
      hide,
    });
  }
  if (hasBegun)
    return new ConnectorError({ kind: 'unclear', message: `The connection to the mail server was lost. ${doubt}` });
  const known = error.response ? undefined : meaningBefore(error);
  const isOfTokens = error.originalCode === 'EOAUTH2' || error.code === 'EOAUTH2';
  // Of a certificate, OpenSSL and Node say what is wrong: its end, its names, who signed it.
  const words = isOfTokens || known === encryption ? String(error.message ?? '') : '';
  if (known) return refusalError({ status: 0 }, known, { words, hide });
  const isLost = /^(?:ECONNECTION|ESOCKET|EDNS)$/.test(String(error.code));
  const message = 'The mail server was not reached or did not answer in time; nothing was sent.';
  return new ConnectorError({ kind: 'unclear', message, isUnsent: true, ...(isLost && { retry: true }) });
}

/** Only what is said of the recipient can tell that the mailbox is gone. */
const withMailbox = (refusal: SmtpRefusal, status: number, words: string): SmtpRefusal =>
  refusal.kind === 'recipient' && isMailboxGone(status, words) ? { ...refusal, isMailboxGone: true } : refusal;

function meaningOf(status: number, words: string, error: SmtpError): SmtpRefusal {
  if (error.code === 'ETLS') return noEncryption;
  if (isUsedUp(error) || hasEnoughConnections(error)) return notOnThis;
  if (status < 500) return notNow;
  if (status >= 600) return unclear(`The mail server gave no clear answer. ${doubt}`);
  if (ofSignIn.has(status)) return signIn;
  const [enhanced = '', subject = ''] = /\b(5\.\d{1,3})\.\d{1,3}\b/.exec(words) ?? [];
  const said = String(error.command ?? '');
  const byCode = said.startsWith('AUTH') ? undefined : (enhancedCodes.get(enhanced) ?? enhancedCodes.get(subject));
  // Before it was named, nothing is said of the recipient.
  const isOfOther = byCode === noMailbox && (!/^(?:RCPT TO|DATA)/.test(said) || refusesSender(words));
  return (isOfOther ? undefined : byCode) ?? byWords(status, words, said);
}

/** For a reply whose enhanced code says nothing. */
function byWords(status: number, words: string, command: string): SmtpRefusal {
  const isOfMail = /^(?:MAIL FROM|RCPT TO|DATA)/.test(command);
  if (isOfMail && ofOrder.has(status)) return /\bauth/i.test(words) ? signIn : notRequest;
  // Relays that want a sign-in first, or take nothing from us, say so of the recipient.
  if (command === 'RCPT TO' && saysOfUs.test(words) && !isMailboxGone(status, words)) return sender;
  return byCommand.find(([pattern]) => pattern.test(command))?.[1] ?? wrongServer;
}

/** What endpoints of tokens say of themselves (RFC 6749, section 4.1.2.1). */
const mayPass = /^(?:temporarily_unavailable|server_error|internal_failure|slow_down)\b/;

/** What went wrong without a reply, before anything of the mail was written; `undefined` for a connection that failed. */
function meaningBefore({ code, originalCode, message, syscall }: SmtpError): SmtpRefusal | undefined {
  const original = String(originalCode ?? '');
  if (code === 'ETLS' || /CERT|SIGNATURE|^ERR_(?:SSL|TLS|OSSL|CRYPTO)|^EPROTO$/.test(original)) return encryption;
  if (syscall === 'bind') return noSuchAddress;
  // The endpoint that gives out tokens was not reached.
  if (code === 'EAUTH' && /^E(?!OAUTH2|AUTH)/.test(original)) return undefined;
  if (mayPass.test(String(message))) return undefined;
  if (code === 'EAUTH' || code === 'EOAUTH2' || code === 'ENOAUTH') return signIn;
  return code === 'EENVELOPE' || code === 'EMESSAGE' ? notRequest : undefined;
}
