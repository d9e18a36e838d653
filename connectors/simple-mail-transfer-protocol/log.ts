import { hideSecrets, maskEmailsIn } from '@sesame/connector-kit';
import type { SmtpConfig } from './config.ts';
import { secretsOf } from './secrets.ts';

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

/**
 * A log of what is said to the server and by it, line by line to the standard error output. It holds neither secrets nor
 * addresses, nor any number that could be a code.
 */
export function createLog(config: SmtpConfig) {
  const secrets = secretsOf(config);
  const log = (_: unknown, text = '', ...values: unknown[]) => {
    const said = values.reduce<string>((line, value) => line.replace(/%[sd]/, () => String(value)), String(text));
    const safe = maskEmailsIn(hideSecrets(said, secrets, 10_000)).replace(/\d{4,}/g, '•');
    process.stderr.write(`SMTP ${safe.replace(/[\s\p{Cc}]+/gu, ' ').trim()}\n`);
  };
  return Object.fromEntries(levels.map((level) => [level, log])) as Record<(typeof levels)[number], typeof log>;
}
