import { type MailHeader, type Message, mailboxText } from '@sesame/connector-kit';
import type { SmtpConfig } from './config.ts';
import { letterheadOf } from './letterhead.ts';
import { headerOf, writeMail } from './mime.ts';

/** A mail that is ready to go. */
export type OutgoingMail = {
  envelope: { from: string; to: string[] };
  /** With its angle brackets. */
  messageId: string;
  headers: MailHeader[];
  /** What goes over the wire. */
  raw: string;
};

type Surroundings = { now: () => number; randomUUID: () => string };

/** A message as a mail of two parts, with an id in the domain of the sender. */
export function mailOf(message: Message, config: SmtpConfig, { now, randomUUID }: Surroundings): OutgoingMail {
  const { to, mail, text } = message;
  const letterhead = letterheadOf(config);
  const from = mail?.sendFrom ? { ...letterhead.from, ...mail.sendFrom } : letterhead.from;
  const boundary = randomUUID();
  const id = /^[\w.-]+$/.test(message.messageId) ? message.messageId : randomUUID();
  const messageId = `<${id}@${from.address.slice(from.address.lastIndexOf('@') + 1)}>`;
  const replyTo = mail?.replyTo ? mailboxText(mail.replyTo) : letterhead.replyTo;
  const headers = [
    { name: 'From', value: mailboxText(from) },
    { name: 'To', value: to },
    ...(replyTo ? [{ name: 'Reply-To', value: replyTo }] : []),
    headerOf('Subject', mail?.subject ?? ''),
    { name: 'Message-ID', value: messageId },
    ...(letterhead.given.has('x-entity-ref-id') ? [] : [{ name: 'X-Entity-Ref-ID', value: id }]),
    ...(letterhead.given.has('date') ? [] : [{ name: 'Date', value: dateOf(now()) }]),
    ...letterhead.headers,
  ];
  const raw = writeMail(headers, { text, html: mail?.html ?? '', boundary });
  return { envelope: { from: from.address, to: [to] }, messageId, headers, raw };
}

/** RFC 5322, section 3.3. */
const dateOf = (now: number) => `${new Date(now).toUTCString().slice(0, -3)}+0000`;
