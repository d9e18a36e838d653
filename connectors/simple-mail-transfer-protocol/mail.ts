import { automaticHeaders, type Message, parseMailbox, senderOf } from '@sesame/connector-kit';
import type { SendMailOptions } from 'nodemailer';
import type { SmtpConfig } from './config.ts';

/** A message as nodemailer takes it: two parts, and an id in the domain of the sender. */
export function mailOf({ to, mail, text, messageId }: Message, config: SmtpConfig): SendMailOptions {
  const from = senderOf(mail, parseMailbox(config.fromEmail) ?? { name: '', address: config.fromEmail });
  const own = { ...automaticHeaders, 'X-Entity-Ref-ID': messageId };
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
