import { type Message, parseMailbox, senderOf } from '@sesame/connector-kit';
import type { SendMailOptions } from 'nodemailer';
import type { SmtpConfig } from './config.ts';

/** What tells other servers that nobody is to answer by themselves (RFC 3834, section 5). */
const automatic = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };

/** A message as nodemailer takes it: two parts, and an id in the domain of the sender. */
export function mailOf({ to, mail, text, messageId }: Message, config: SmtpConfig): SendMailOptions {
  const from = senderOf(mail, parseMailbox(config.fromEmail) ?? { name: '', address: config.fromEmail });
  const own = { ...automatic, 'X-Entity-Ref-ID': messageId };
  const { customHeaders = {} } = config;
  const isReplaced = (name: string) =>
    Object.keys(customHeaders).some((custom) => custom.toLowerCase() === name.toLowerCase());
  return {
    from,
    to: { name: '', address: to },
    replyTo: mail?.replyTo ?? config.replyTo,
    subject: mail?.subject,
    text,
    html: mail?.html,
    ...(/^[\w.-]+$/.test(messageId) && { messageId: `<${messageId}@${from.address.split('@')[1]}>` }),
    headers: { ...Object.fromEntries(Object.entries(own).filter(([name]) => !isReplaced(name))), ...customHeaders },
    xMailer: false,
  } as SendMailOptions;
}
