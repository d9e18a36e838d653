import { parsePhone } from '@sesame/connector-kit';
import type { InboxMessage } from './inbox.ts';

/** The lines to print for a message: whom it is for, then its text, indented. */
export function terminalLines({ phone, usageType, locale, code, text }: InboxMessage): string[] {
  const purpose = [usageType, locale].filter(Boolean).join(', ');
  const heading = `SMS to ${spaced(phone)} (${purpose})${code && `, code ${code}`}`;
  return [heading, ...text.split('\n').map((line) => `  ${line}`)].map(printable);
}

function spaced(phone: string): string {
  const parsed = parsePhone(phone);
  return parsed ? `+${parsed.callingCode} ${parsed.nationalNumber}` : phone;
}

/** A text may hold names that users chose; control characters among them could drive the terminal. */
function printable(line: string): string {
  return line.replace(/\p{Cc}/gu, '');
}
