import { compile } from 'html-to-text';
import { ConnectorError } from './connector-error.ts';
import { escapeHtml } from './escape-html.ts';
import { layOut } from './mail-layout.ts';
import { inAscii, type Mailbox, mailboxText, parseMailbox } from './mailbox.ts';
import { inOneLine, oneLine } from './one-line.ts';
import { remember } from './remember.ts';
import { holdsHtml, renderTemplate, type Template, type Variables } from './template.ts';
import type { HeaderField } from './text-lint.ts';

/** What a mail says: both parts are there, whichever of them the template holds. */
export type Mail = {
  subject: string;
  text: string;
  html: string;
  /** Where answers go, if the template itself says so. */
  replyTo?: Mailbox | undefined;
  /** What the template itself says of the sender: a name, an address or both. */
  sendFrom?: Partial<Mailbox> | undefined;
};

/**
 * Renders a template as a mail. The part that the template does not hold is made from the other one.
 * A line break in a variable is a space in a header. @throws ConnectorError `invalid_config` where the template itself has
 * one there, or answers would go nowhere
 */
export function renderMail(template: Template, variables: Variables): Mail {
  const { content = '', locale } = template;
  const isHtml = holdsHtml(template);
  const header = (field: HeaderField, text = '') =>
    renderTemplate(requireOneLine(text, field, template), variables, inOneLine);
  return {
    subject: header('subject', template.subject),
    text: renderTemplate(isHtml ? textOf(content) : content, variables),
    html: renderTemplate(isHtml ? content : layOut(content, locale), variables, escapeHtml),
    replyTo: replyToOf(template, header),
    sendFrom: senderIn(template.sendFrom, header),
  };
}

/** Headers that tell machines not to answer a mail (RFC 3834, section 5, and what Exchange reads). */
export const automaticHeaders = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };

/**
 * Who a mail is from: what its template says, and for the rest what the connector's configuration does.
 * Its domain is in ASCII.
 * @param own the sender of the configuration, with or without a name
 * @param name of the sender, where the configuration has it by itself
 */
export function senderOf(mail: Pick<Mail, 'sendFrom'> | undefined, own: string, name?: string): Mailbox {
  return { ...ownMailbox(own), ...(name && { name }), ...mail?.sendFrom };
}

const ownMailbox = remember(50, (own: string): Mailbox => inAscii(parseMailbox(own) ?? { name: '', address: own }));

/** A header of a mail. */
export type MailHeader = { name: string; value: string };

/**
 * The headers with which a mail is handed over: whom it is from and for, where answers go, its subject, and more.
 * @param from absent where the provider knows it
 * @param further ours for mails that nobody should answer, unless others are given
 */
export function headersOf(
  { to, mail }: { to: string; mail?: Mail | undefined },
  from?: Mailbox,
  further: Readonly<Record<string, string>> = automaticHeaders,
): MailHeader[] {
  const { replyTo, subject } = mail ?? {};
  const headers = {
    ...(from?.address && { From: mailboxText(from) }),
    To: to,
    ...(replyTo && { 'Reply-To': mailboxText(replyTo) }),
    ...(subject && { Subject: subject }),
    ...further,
  };
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}

type RenderHeader = (field: HeaderField, text?: string) => string;

/** Name and address are taken apart before they are rendered: what a variable holds ends no name and begins no address. */
function senderIn(sendFrom: string | undefined, header: RenderHeader): Mail['sendFrom'] {
  if (!sendFrom) return undefined;
  const parts = mailboxIn(sendFrom);
  if (!parts) return { name: header('sendFrom', sendFrom) };
  const mailbox = parseMailbox(header('sendFrom', parts.address));
  const name = header('sendFrom', parts.name);
  return { ...(name !== '' && { name }), ...(mailbox && { address: inAscii(mailbox).address }) };
}

function replyToOf(template: Template, header: RenderHeader): Mailbox | undefined {
  const { name, address } = mailboxIn(template.replyTo ?? '') ?? { name: '', address: template.replyTo ?? '' };
  const rendered = header('replyTo', address);
  if (rendered === '') return undefined;
  const mailbox = parseMailbox(rendered);
  if (mailbox) return inAscii({ address: mailbox.address, name: header('replyTo', name) });
  throw templateError(template, 'replyTo', 'is no address.');
}

/** A template of a mailbox; a variable may stand in any place of it. */
function mailboxIn(text: string): Mailbox | undefined {
  const held: string[] = [];
  const parsed = parseMailbox(text.replace(/\{\{[^{}]*\}\}/g, (found) => `\uE000${held.push(found) - 1}\uE001`));
  const restored = (part: string) => part.replace(/\uE000(\d+)\uE001/g, (_, index) => held[Number(index)] ?? '');
  return parsed && { name: restored(parsed.name), address: restored(parsed.address) };
}

/** A line break would begin a header of its own (RFC 5322, section 2.2). */
function requireOneLine(value: string, field: HeaderField, template: Template): string {
  if (oneLine.test(value)) return value;
  throw templateError(template, field, 'has a line break or another control character in it.');
}

function templateError({ usageType, locale }: Template, field: HeaderField, problem: string): ConnectorError {
  const message = `The ${field} of the mail for ${usageType}${locale ? ` (${locale})` : ''} ${problem}`;
  return new ConnectorError({ kind: 'configuration', message, issues: [{ path: 'templates', message }] });
}

const asItIsWritten = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
  selector,
  options: { uppercase: false },
}));

/** The text of a template in HTML, placeholders and all: templates are few, mails are many. */
const textOf = remember(200, (html: string): string => {
  toText ??= compile({ wordwrap: false, selectors: [{ selector: 'img', format: 'skip' }, ...asItIsWritten] });
  return toText(html);
});
/** Made for the first template in HTML: most servers have none. */
let toText: ReturnType<typeof compile> | undefined;
