import { parsePhone } from '@sesame/connector-kit';
import type { InboxMessage } from './inbox.ts';

/** The lines to print for a message: whom it is for, then its subject and its text, indented. */
export function terminalLines({ channel, recipient, usageType, locale, code, subject, text }: InboxMessage): string[] {
  const purpose = [usageType, locale].filter(Boolean).join(', ');
  const to = channel === 'Sms' ? `SMS to ${spaced(recipient)}` : `Mail to ${recipient}`;
  const heading = `${to} (${purpose})${code && `, code ${code}`}`;
  const said = [...(subject ? [subject] : []), ...text.split('\n')];
  return [heading, ...said.map((line) => `  ${line}`)].map(printable);
}

function spaced(phone: string): string {
  const parsed = parsePhone(phone);
  return parsed ? `+${parsed.callingCode} ${parsed.nationalNumber}` : phone;
}

/** A text may hold names that users chose; control characters among them could drive the terminal. */
function printable(line: string): string {
  return line.replace(/\p{Cc}/gu, '');
}
