import {
  ConnectorError,
  configuration,
  doubt,
  hideSecrets,
  limit,
  maskEmailsIn,
  type Refusal,
  recipient,
  refusalError,
  unclear,
} from '@sesame/connector-kit';

/** What nodemailer tells of a mail that did not go out. */
type SmtpError = { code?: unknown; command?: unknown; responseCode?: unknown; response?: unknown };

/** Steps before the mail itself: where one of them fails, nothing was sent. */
const beforeMail = /^(?:CONN|EHLO|HELO|LHLO|STARTTLS|AUTH\b|API|MAIL FROM|RCPT TO)/;

/**
 * The error for a mail that did not go out, by the reply of the server (RFC 5321, section 4.2; enhanced codes of RFC
 * 3463), else by the step that failed. A connection lost after the mail began leaves in doubt whether it was accepted.
 */
export function refused(error: unknown, secrets: readonly unknown[]): ConnectorError {
  const { code, command, responseCode, response } = (error ?? {}) as SmtpError;
  const hide = (words: string) => maskEmailsIn(hideSecrets(words.replace(/[\s\p{Cc}]+/gu, ' '), secrets));
  if (typeof responseCode === 'number') {
    const words = typeof response === 'string' ? response : '';
    const meant = meaningOf(responseCode, /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(words)?.[0], String(command ?? ''));
    return refusalError({ status: responseCode }, meant, { code: responseCode, words, hide });
  }
  const isUnsent = code === 'EDNS' || beforeMail.test(String(command ?? ''));
  if (code === 'ETLS') {
    return new ConnectorError({ kind: 'configuration', message: tlsMeaning, isUnsent: true });
  }
  if (code === 'EAUTH' || code === 'EOAUTH2' || code === 'ENOAUTH') {
    return new ConnectorError({ kind: 'configuration', message: authMeaning, isUnsent: true });
  }
  const message = isUnsent
    ? 'The mail server was not reached or did not answer in time; nothing was sent.'
    : `The connection to the mail server was lost. ${doubt}`;
  return new ConnectorError({ kind: 'unclear', message, ...(isUnsent && { isUnsent }) });
}

const tlsMeaning = 'The mail server did not begin an encrypted connection; check the port, secure and requireTLS.';
const authMeaning = 'The mail server refused the sign-in; check auth.';

function meaningOf(reply: number, enhanced = '', command: string): Refusal {
  if (command.startsWith('AUTH') || [454, 530, 534, 535, 538].includes(reply))
    return configuration(authMeaning, 'auth');
  if (reply >= 500 && /^5\.7\./.test(enhanced)) {
    return configuration('The mail server refuses mails of this sender; check fromEmail and the rules of the server.');
  }
  if (command === 'MAIL FROM' && reply >= 500) return configuration('The mail server refuses the sender.', 'fromEmail');
  if ([550, 551, 553].includes(reply) || (command === 'RCPT TO' && reply >= 500)) {
    return recipient('The mail server knows no such mailbox.');
  }
  if ([421, 450, 451, 452].includes(reply)) return limit('The mail server takes no mail for now.');
  if (reply >= 500) return configuration('The mail server refused the mail.');
  return unclear(`The mail server failed. ${doubt}`);
}
