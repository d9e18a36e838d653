import { headerWords, type MailHeader } from '@sesame/connector-kit';
import { encode, wrap } from 'nodemailer/lib/qp';

/** Lines should be no longer, without their end (RFC 5322, section 2.1.1). */
const goodLine = 76;
/** Nor may they be; some servers count otherwise. */
const longLine = 900;

/**
 * A mail as it goes to the server (RFC 5322): its headers, and a part each for the text and the HTML (RFC 2046, section
 * 5.1.4). Nothing in it is beyond ASCII but an address that is.
 * @param boundary a text that no mail has in it
 */
export function writeMail(
  headers: readonly MailHeader[],
  { text, html, boundary }: { text: string; html: string; boundary: string },
): string {
  return [
    ...headers.map(({ name, value }) => fold(`${name}: ${value}`)),
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
    '',
    ...partOf('text/plain', text, boundary),
    ...partOf('text/html', html, boundary),
    `--${boundary}--`,
    '',
  ].join('\r\n');
}

/** The value of a header in ASCII. What is beyond it, line breaks too, becomes encoded words. */
export const headerOf = (name: string, value: string): MailHeader => ({ name, value: headerWords(value) });

function partOf(type: string, content: string, boundary: string): string[] {
  const lines = content.replace(/\r\n?|\n/g, '\r\n');
  const isPlain = /^[\t\r\n\x20-\x7e]*$/.test(lines) && !hasLongLine(lines);
  return [
    `--${boundary}`,
    `Content-Type: ${type}; charset=utf-8`,
    `Content-Transfer-Encoding: ${isPlain ? '7bit' : 'quoted-printable'}`,
    '',
    isPlain ? lines : wrap(encode(lines), goodLine),
  ];
}

function hasLongLine(lines: string): boolean {
  for (let start = 0; ; ) {
    const end = lines.indexOf('\n', start);
    if ((end < 0 ? lines.length : end) - start > longLine) return true;
    if (end < 0) return false;
    start = end + 1;
  }
}

/** Breaks a header before words (RFC 5322, section 2.2.3), but not before its first: some read no value then. */
function fold(line: string): string {
  if (line.length <= goodLine) return line;
  const [name = '', first = '', ...words] = line.split(' ');
  let folded = `${name} ${first}`;
  let { length } = folded;
  for (const word of words) {
    const isTooLong = word !== '' && length + 1 + word.length > goodLine;
    folded += isTooLong ? `\r\n ${word}` : ` ${word}`;
    length = (isTooLong ? 0 : length) + 1 + word.length;
  }
  return folded;
}
