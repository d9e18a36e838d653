import type { Refusal } from './refusal.ts';

/** The mailbox does not exist or is closed for good: nothing is sent there again until an administrator says so. */
export const noMailbox = (meaning: string): Refusal<never> => ({ kind: 'recipient', meaning, isMailboxGone: true });

/**
 * Enhanced codes of mailboxes that are gone. One that is full (5.2.2), a domain that cannot be reached just now (5.1.2,
 * 5.4.x) and what a policy refuses (5.7.x) may take the next mail.
 * @see https://www.iana.org/assignments/smtp-enhanced-status-codes
 */
const gone = new Set(['5.1.1', '5.1.6', '5.1.10', '5.2.1']);
/** Gmail's 5.2.1 also means that a mailbox gets too much at once, which anybody can bring about. */
const saysForNow = /\brate\b|too (?:many|much)|\bquota\b|temporar|\blater\b/i;

/** Servers look at the sender when they answer to the recipient, with codes of addresses for either. */
const saysSender =
  /\bsender\b.{0,30}\b(?:reject|refus|denied|unknown|invalid|fail|verif|not\b|does)|(?:reject|refus|block)\w*\b.{0,30}\bsender\b/i;

/** What servers without enhanced codes say. */
const saysGone =
  /(?:no such|unknown|invalid|non-?existent|inactive|disabled) (?:user|mailbox|recipient|account|address)|(?:user|mailbox|recipient|account|address)\b.{0,40}\b(?:unknown|not found|does ?n[o']t exist|not exist|disabled|inactive)/i;
const saysOtherwise = /block|spam|policy|reputation|listed|full|quota|grey|rate|relay|sender|domain|denied|content/i;

/**
 * Enhanced codes of domains that get no mail: one that is not there (5.1.2, Microsoft's 5.4.310), that nothing leads to
 * (5.4.4), or that says so itself (5.1.10, RFC 7505).
 */
const domainTakesNone = new Set(['5.1.2', '5.1.10', '5.4.4', '5.4.310']);
const saysDomain =
  /(?:domain|host)(?: or domain)?(?: name)?\b.{0,20}(?:not found|does ?n[o']t exist|unknown|unrouteable|no such)|(?:no such|unknown|unrouteable|invalid) (?:domain|host)|\b(?:null|no) MX\b|domain.{0,30}(?:accepts no|does ?n[o']t accept) (?:e-?)?mail/i;

/** Whether a mail server says of a recipient that its domain gets no mail. `words` follow the status. */
export function takesNoMail(words: string): boolean {
  if (refusesSender(words)) return false;
  const enhanced = enhancedIn(words);
  return (enhanced !== undefined && domainTakesNone.has(enhanced)) || saysDomain.test(words);
}

/** Whether a mail server speaks of the sender in its reply to a recipient. `words` follow the status. */
export const refusesSender = (words: string): boolean => saysSender.test(words);

/** Whether the reply of a mail server to a recipient says that the mailbox is gone for good. `words` follow the status. */
export function isMailboxGone(status: number, words: string): boolean {
  if (status < 500 || status > 599 || refusesSender(words)) return false;
  const enhanced = enhancedIn(words);
  if (enhanced !== undefined) return gone.has(enhanced) && !saysForNow.test(words);
  return (status === 550 || status === 551) && saysGone.test(words) && !saysOtherwise.test(words);
}

/** The enhanced code of a reply (RFC 3463). */
const enhancedIn = (words: string): string | undefined => /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])/.exec(words)?.[0];
