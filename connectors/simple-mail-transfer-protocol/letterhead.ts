import {
  automaticHeaders,
  inAscii,
  type Mailbox,
  type MailHeader,
  mailboxText,
  parseMailbox,
} from '@sesame/connector-kit';
import addressparser from 'nodemailer/lib/addressparser';
import type { SmtpConfig } from './config.ts';
import { headerOf } from './mime.ts';

/** What the mails of one configuration have in common. */
export type Letterhead = {
  from: Mailbox;
  /** Where answers go: one mailbox or several; empty for none. */
  replyTo: string;
  /** Headers that are the same in each mail. */
  headers: readonly MailHeader[];
  /** In lower case, the headers that administrators have given another value. */
  given: ReadonlySet<string>;
};

const known = new WeakMap<SmtpConfig, Letterhead>();

/** The letterhead of a configuration, which stays the same for many mails. */
export function letterheadOf(config: SmtpConfig): Letterhead {
  const letterhead = known.get(config) ?? read(config);
  known.set(config, letterhead);
  return letterhead;
}

/** The administrators' headers take the place of ours, but not of those that say what the mail is. */
function read({ fromEmail, replyTo = '', customHeaders = {} }: SmtpConfig): Letterhead {
  const given = new Set(Object.keys(customHeaders).map((name) => name.toLowerCase()));
  const kept = Object.entries(automaticHeaders).filter(([name]) => !given.has(name.toLowerCase()));
  const custom = Object.entries(customHeaders).filter(([name]) => !/^(?:message-id|reply-to)$/i.test(name));
  return {
    from: inAscii(parseMailbox(fromEmail) ?? { name: '', address: fromEmail }),
    replyTo: addressparser(replyTo, { flatten: true })
      .map(({ name, address }) => mailboxText(inAscii({ name, address })))
      .join(', '),
    headers: [...kept, ...custom].flatMap(([name, values]) => [values].flat().map((value) => headerOf(name, value))),
    given,
  };
}
