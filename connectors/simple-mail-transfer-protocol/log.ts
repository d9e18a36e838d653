import { hideSecrets, maskEmailsIn } from '@sesame/connector-kit';

/** What goes to the endpoint that gives out tokens and comes from it, also a glimpse of it. */
const tokens = /("[\w-]*(?:token|secret|assertion)[\w-]*"\s*:\s*)"(?:[^"\\]|\\.)*"/gi;

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

/**
 * A log of what is said to the server and by it, line by line to the standard error output. It holds neither secrets nor
 * addresses, nor any number that could be a code. @param secrets what shows nowhere; others may come to be known later
 */
export function createLog(secrets: readonly string[]) {
  const log = (_: unknown, text = '', ...values: unknown[]) => {
    const said = values.reduce<string>((line, value) => line.replace(/%[sd]/, () => String(value)), String(text));
    const hidden = hideSecrets(said, secrets, 10_000).replace(tokens, '$1"[hidden]"');
    const safe = maskEmailsIn(hidden).replace(/\d{4,}/g, '•');
    process.stderr.write(`SMTP ${safe.replace(/[\s\p{Cc}]+/gu, ' ').trim()}\n`);
  };
  return Object.fromEntries(levels.map((level) => [level, log])) as Record<(typeof levels)[number], typeof log>;
}
