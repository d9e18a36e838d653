import { domainToASCII } from 'node:url';
import {
  automaticHeaders,
  headersOf,
  type Mailbox,
  type MailHeader,
  type Message,
  mailboxText,
  senderOf,
} from '@sesame/connector-kit';
import addressparser from 'nodemailer/lib/addressparser';
import type { SmtpConfig } from './config.ts';
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
  const from = inAscii(senderOf(mail, config.fromEmail));
  const boundary = randomUUID();
  const id = /^[\w.-]+$/.test(message.messageId) ? message.messageId : randomUUID();
  const messageId = `<${id}@${from.address.split('@')[1]}>`;
  const replyTo = mail?.replyTo ? mailboxText(inAscii(mail.replyTo)) : repliesTo(config.replyTo);
  const headers = [
    ...headersOf({ to }, from, {}),
    ...(replyTo ? [{ name: 'Reply-To', value: replyTo }] : []),
    headerOf('Subject', mail?.subject ?? ''),
    { name: 'Message-ID', value: messageId },
    ...replaceable({ ...automaticHeaders, 'X-Entity-Ref-ID': id, Date: dateOf(now()) }, config.customHeaders ?? {}),
  ];
  const raw = writeMail(headers, { text, html: mail?.html ?? '', boundary });
  return { envelope: { from: from.address, to: [to] }, messageId, headers, raw };
}

/** The administrators' headers go before these, but not before those that say what the mail is. */
function replaceable(ours: Record<string, string>, custom: NonNullable<SmtpConfig['customHeaders']>): MailHeader[] {
  const given = new Set(Object.keys(custom).map((name) => name.toLowerCase()));
  const kept = Object.entries(ours).filter(([name]) => !given.has(name.toLowerCase()));
  const further = Object.entries(custom).filter(([name]) => !/^(?:message-id|reply-to)$/i.test(name));
  return [...kept, ...further].flatMap(([name, values]) => [values].flat().map((value) => headerOf(name, value)));
}

const inAscii = ({ name, address }: Mailbox): Mailbox => {
  const at = address.lastIndexOf('@') + 1;
  return { name, address: address.slice(0, at) + (domainToASCII(address.slice(at)) || address.slice(at)) };
};

/** Where answers go by the configuration: one mailbox or several. */
const repliesTo = (text = ''): string =>
  addressparser(text, { flatten: true })
    .map(({ name, address }) => mailboxText(inAscii({ name, address })))
    .join(', ');

/** RFC 5322, section 3.3. */
const dateOf = (now: number) => new Date(now).toUTCString().replace('GMT', '+0000');
