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
    ...findCode(words),
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
  const broken: TextFinding[] = /\p{Cc}|[\u2028\u2029]/u.test(text)
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

const unseen = /<!--[\s\S]*?-->|<(style|script|title)\b[\s\S]*?<\/\1\s*>|<[^>]*>/gi;

/** What of HTML people read, in its place. */
const wordsOf = (html: string) => html.replace(unseen, (markup) => ' '.repeat(markup.length));

const active = /<(?:script|iframe|object|embed|form|input|button|video|audio|base)\b|<[^>]*\son[a-z]+\s*=|javascript:/i;
const remote =
  /<(?:img|link|source)\b[^>]*\s(?:src|srcset|href)\s*=\s*["']?(?:https?:)?\/\/|\bbackground\s*=\s*["']?(?:https?:)?\/\/|url\(\s*["']?(?:https?:)?\/\/|@import\b/i;

function findInHtml(html: string, words: string): TextFinding[] {
  const warning = (rule: TextFinding['rule'], message: string, at: RegExpExecArray | null): TextFinding[] =>
    at ? [{ severity: 'warning', rule, message, position: at.index, excerpt: at[0].slice(0, 40) }] : [];
  const activeMessage =
    'Mail programs take scripts, forms and frames out, and may treat the mail as spam; leave them out.';
  const remoteMessage =
    'Mail programs often do not load pictures and styles from elsewhere, and they tell when a mail is read; leave them out.';
  return [
    ...(/[^\s&;]/.test(words.replace(/&nbsp;/g, ' ')) ? [] : [withoutText]),
    ...warning('active-content', activeMessage, active.exec(html)),
    ...warning('remote-content', remoteMessage, remote.exec(html)),
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
