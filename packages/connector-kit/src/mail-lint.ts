import { oneLine } from './one-line.ts';
import { holdsHtml, linkUsageTypes, type Template } from './template.ts';
import {
  findCode,
  findLifetime,
  findMalformed,
  findOriginBound,
  findUnknown,
  type HeaderField,
  headerFields,
  type TextFinding,
  type TextPolicy,
} from './text-lint.ts';

/** Longer mails are cut by Gmail, and weigh against their sender. */
const maxBytes = 100 * 1024;

/** Applies each rule that is about a mail alone: its headers, its words, and what mail programs do not take of HTML. */
export function lintMail(template: Template, given: TextPolicy): TextFinding[] {
  const { usageType, content = '', subject = '' } = template;
  const hasLink = linkUsageTypes.some((linked) => linked === usageType);
  const policy = hasLink ? { ...given, variables: [...(given.variables ?? []), 'link'] } : given;
  const isHtml = holdsHtml(template);
  const words = isHtml ? wordsOf(content) : content;
  return [
    ...(subject.trim() === '' ? [missingSubject] : []),
    ...headerFields.flatMap((field) => findInHeader(field, template[field] ?? '', policy)),
    ...findCode(words, policy),
    ...findUnknown(content, policy),
    ...findMalformed(words),
    ...findLifetime(words, policy),
    ...(isHtml ? findInHtml(content, words) : findOriginBound(content)),
    ...findTooLarge(content),
  ];
}

const missingSubject: TextFinding = {
  severity: 'error',
  rule: 'subject-missing',
  message: 'The mail has no subject; write for example "{{code}} is your code".',
  field: 'subject',
};

function findInHeader(field: HeaderField, text: string, policy: TextPolicy): TextFinding[] {
  const broken: TextFinding[] = !oneLine.test(text)
    ? [
        {
          severity: 'error',
          rule: 'header-line-break',
          message: `A line break or another control character cannot be in ${field}; write it on one line.`,
        },
      ]
    : [];
  const ofVariables = [...findUnknown(text, policy), ...findMalformed(text)];
  return [...broken, ...ofVariables].map(({ position: _, ...finding }) => ({ ...finding, field }));
}

/** What of HTML people read, in its place. Takes no longer than the text is long. */
function wordsOf(html: string): string {
  const missing = new Set<string>();
  /** Where the next one of this ends; what is not there once is not looked for again. */
  const endOf = (closer: string, from: number): number => {
    const found = missing.has(closer) ? -1 : html.indexOf(closer, from);
    if (found === -1) missing.add(closer);
    return found === -1 ? -1 : found + closer.length;
  };
  let words = '';
  let at = 0;
  for (;;) {
    const open = html.indexOf('<', at);
    if (open === -1) return words + html.slice(at);
    const end = endOfMarkup(html, open, endOf);
    words += html.slice(at, open) + (end === -1 ? '<' : ' '.repeat(end - open));
    at = end === -1 ? open + 1 : end;
  }
}

/** Where a comment ends, an element that shows nothing, or a tag; -1 for none of them. */
function endOfMarkup(html: string, open: number, endOf: (closer: string, from: number) => number): number {
  if (html.startsWith('<!--', open)) {
    const end = endOf('-->', open);
    if (end !== -1) return end;
  }
  const [, name] = /^<(style|script|title)\b/i.exec(html.slice(open, open + 8)) ?? [];
  const closed = name === undefined ? -1 : endOf(`</${name}`, open);
  return endOf('>', closed === -1 ? open : closed);
}

type Found = { index: number; excerpt: string };

/** The first tag that is like one of the patterns, or what the text has of another one. Takes no longer than it is long. */
function findMarkup(html: string, inTag: readonly RegExp[], anywhere: RegExp): Found | undefined {
  for (const { 0: tag, index } of html.matchAll(/<[^<>]*/g)) {
    if (inTag.some((pattern) => pattern.test(tag))) return { index, excerpt: tag };
  }
  const found = anywhere.exec(html);
  return found ? { index: found.index, excerpt: found[0] } : undefined;
}

const active = [/^<(?:script|iframe|object|embed|form|input|button|video|audio|base)\b/i, /\son[a-z]+\s*=/i];
const remote = [/^<(?:img|link|source)\b[^<>]*\s(?:src|srcset|href)\s*=\s*["']?(?:https?:)?\/\//i];
const remoteStyle = /\bbackground\s*=\s*["']?(?:https?:)?\/\/|url\(\s*["']?(?:https?:)?\/\/|@import\b/i;

function findInHtml(html: string, words: string): TextFinding[] {
  const warning = (rule: TextFinding['rule'], message: string, found: Found | undefined): TextFinding[] =>
    found ? [{ severity: 'warning', rule, message, position: found.index, excerpt: found.excerpt.slice(0, 40) }] : [];
  const activeMessage =
    'Mail programs take scripts, forms and frames out, and may treat the mail as spam; leave them out.';
  const remoteMessage =
    'Mail programs often do not load pictures and styles from elsewhere, and they tell when a mail is read; leave them out.';
  return [
    ...(/[^\s&;]/.test(words.replace(/&nbsp;/g, ' ')) ? [] : [withoutText]),
    ...warning('active-content', activeMessage, findMarkup(html, active, /javascript:/i)),
    ...warning('remote-content', remoteMessage, findMarkup(html, remote, remoteStyle)),
  ];
}

const withoutText: TextFinding = {
  severity: 'error',
  rule: 'mail-without-text',
  message: 'The mail shows no text, so that its text part is empty; write the code as text.',
};

function findTooLarge(content: string): TextFinding[] {
  const bytes = new TextEncoder().encode(content).length;
  if (bytes <= maxBytes) return [];
  const message = `The mail has ${Math.round(bytes / 1024)} kB; mail programs cut what is longer than ${maxBytes / 1024} kB.`;
  return [{ severity: 'warning', rule: 'mail-too-large', message }];
}
