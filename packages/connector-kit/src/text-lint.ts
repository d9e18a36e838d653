import { countParts } from './message-parts.ts';
import { renderTemplate, type Variables } from './template.ts';

/** What a text has to agree with. */
export type TextPolicy = {
  /** How long a code lives. */
  lifetimeSeconds: number;
  /** Digits of a code; 6 by default. */
  codeLength?: number;
  /** Further variables that the server fills in, besides `code`, `locale` and `application.name`. */
  variables?: readonly string[];
  /** What stands for these where the length of a text counts. */
  sample?: Variables;
};

/** The rules, by ids that stay. */
export type TemplateRule =
  | 'code-missing'
  | 'code-repeated'
  | 'unknown-placeholder'
  | 'malformed-placeholder'
  | 'lifetime-mismatch'
  | 'origin-bound-code'
  | 'several-parts'
  | 'malformed-locale'
  | 'duplicate-template'
  | 'shared-template'
  | 'missing-usage-type'
  | 'subject-missing'
  | 'header-line-break'
  | 'mail-without-text'
  | 'mail-too-large'
  | 'active-content'
  | 'remote-content';

/** The fields of a template that become headers of a mail. */
export const headerFields = ['subject', 'replyTo', 'sendFrom'] as const;
export type HeaderField = (typeof headerFields)[number];

/** A finding, and where in the text it is. */
export type TextFinding = {
  severity: 'error' | 'warning';
  rule: TemplateRule;
  message: string;
  /** The field of the template that it is about; `content` where it is missing. */
  field?: HeaderField;
  /** Offset in the text, in UTF-16 units. */
  position?: number;
  /** What stands there. */
  excerpt?: string;
};

/** A rule that is about a text alone. */
type TextRule = (content: string, policy: TextPolicy) => TextFinding[];

/** Applies each rule that is about the text of an SMS alone. */
export const lintText: TextRule = (content, policy) =>
  [findCode, findUnknown, findMalformed, findLifetime, findOriginBound, findSeveralParts].flatMap((rule) =>
    rule(content, policy),
  );

/** The variables that the server fills. */
export const knownVariables = ['code', 'locale', 'application.name'] as const;
const anyPlaceholder = /\{\{\s*([\w.-]+)\s*\}\}/g;
const codePlaceholder = /\{\{\s*code\s*\}\}/g;

const codeWord = '(?:\\w*code|otp|pin|token|passcode|x{4,8}|验证码)';
/** What stands for the code in the templates of other products and languages. */
const otherwiseWritten = new RegExp(
  [
    String.raw`\{\{[^{}\n]{0,40}\}\}|\{\{\s*\w{1,20}|[$#%]?\{[^{}\n]{0,40}\}|｛{1,2}[^｛｝\n]{0,40}｝{1,2}`,
    String.raw`#{1,2}\w{1,20}#{1,2}|%\w{1,20}%|%[sd](?!\w)`,
    String.raw`\[${codeWord}\]|<${codeWord}>|[$:]${codeWord}|\b_{2}${codeWord}_{2}\b|\b(?:OTP|XXXX(?:XX)?)\b`,
  ].join('|'),
  'iu',
);

/** The variables that are filled in a text. */
const filledNames = ({ variables = [] }: TextPolicy) => new Set<string>([...knownVariables, ...variables]);

export function findCode(content: string, policy: TextPolicy): TextFinding[] {
  const places = [...content.matchAll(codePlaceholder)];
  if (places.length === 0) {
    // What is filled with something else stands for no code.
    const filled = filledNames(policy);
    const others = content.replace(anyPlaceholder, (whole, name) => (filled.has(name) ? ' ' : whole));
    const meant = otherwiseWritten.exec(others)?.[0];
    const message = `The text has no {{code}}${meant === undefined ? '' : `; write {{code}} in place of ${meant}`}.`;
    return [{ severity: 'error', rule: 'code-missing', message, ...(meant !== undefined && { excerpt: meant }) }];
  }
  // The line for browsers repeats the code by design.
  const forPeople = places.filter(({ index }) => content[index - 1] !== '#');
  const second = forPeople[1];
  if (!second) return [];
  const message = 'The text has {{code}} more than once; phones may not offer to fill it in.';
  return [{ severity: 'warning', rule: 'code-repeated', message, position: second.index, excerpt: second[0] }];
}

export function findUnknown(content: string, policy: TextPolicy): TextFinding[] {
  const known = filledNames(policy);
  return [...content.matchAll(anyPlaceholder)]
    .filter(([, name = '']) => !known.has(name))
    .map(({ 0: excerpt, index: position }) => ({
      severity: 'error',
      rule: 'unknown-placeholder',
      message: `Nothing fills ${excerpt}; there are ${[...known].map((name) => `{{${name}}}`).join(', ')}.`,
      position,
      excerpt,
    }));
}

/**
 * What looks like a placeholder once the real ones are gone: braces that are doubled, round one word, or full-width, and a
 * word between signs for percent that is no part of an address.
 */
const strayPlaceholder =
  /%(?![\da-f]{2})[a-z][\w.]{0,30}%|\{\{[^{}\n]*\}{1,2}|\{\{|\{\s*[\w.-]+\s*\}{1,2}|\{code\b|\w{0,30}\s?\}\}|｛{1,2}[^｛｝\n]*｝{1,2}/gi;

export function findMalformed(content: string): TextFinding[] {
  const masked = content.replace(anyPlaceholder, (whole) => 'x'.repeat(whole.length));
  return [...masked.matchAll(strayPlaceholder)].map(({ 0: { length }, index: position }) => {
    const excerpt = content.slice(position, position + length);
    const message = `${excerpt} is not a placeholder and is sent as it is; write {{code}}.`;
    return { severity: 'error', rule: 'malformed-placeholder', message, position, excerpt };
  });
}

/** What minutes are called in the languages that there are texts in. */
const minuteWords = [
  '(?:min|mins|minutes?|minutos?|Minuten?|minuuts?|minuti|minutę|minuty?|minuta|minut|menit|dakika)(?!\\p{L})',
  '(?:минут[аы]?|хвилин[аи]?|دقيق|دقائق|دقیقه|דקות|דקה|मिनट|মিনিট|phút|นาที|分[钟鐘間间]|分間|분)',
].join('|');
const minutes = new RegExp(`(?<![\\d.])(\\d{1,4}(?:\\.\\d{1,2})?)[\\s-]{0,3}(?:${minuteWords})`, 'giu');

export function findLifetime(content: string, { lifetimeSeconds }: TextPolicy): TextFinding[] {
  return [...content.matchAll(minutes)]
    .filter(([, number]) => Math.abs(Number(number) * 60 - lifetimeSeconds) > 1)
    .map(({ 0: excerpt, index: position }) => ({
      severity: 'warning',
      rule: 'lifetime-mismatch',
      message: `The text says ${excerpt}, but a code lives for ${inMinutes(lifetimeSeconds)}.`,
      position,
      excerpt,
    }));
}

function inMinutes(seconds: number): string {
  const count = Math.round((seconds / 60) * 100) / 100;
  return `${count} ${count === 1 ? 'minute' : 'minutes'}`;
}

const label = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
const host = `(?:${label}\\.)+${label}|localhost`;
const originBoundLine = new RegExp(`^@(?:${host}) #\\{\\{\\s*code\\s*\\}\\}(?: @(?:${host}))?$`);
const attemptAtOne = /^\s*@|@\S{0,255}\s{0,5}#\s{0,5}\{\{\s*code\s*\}\}/;

/** @see https://wicg.github.io/sms-one-time-codes/#format */
export function findOriginBound(content: string): TextFinding[] {
  const lines = content.split('\n');
  const isLastWritten = (index: number) => lines.slice(index + 1).every((line) => line.trim() === '');
  const index = lines.findIndex((line, at) => attemptAtOne.test(line) && (line.includes('#') || isLastWritten(at)));
  const line = lines[index];
  if (line === undefined || (index === lines.length - 1 && originBoundLine.test(line))) return [];
  const message = 'For browsers to fill in the code, the last line has to be exactly "@your.domain #{{code}}".';
  const position = lines.slice(0, index).reduce((sum, { length }) => sum + length + 1, 0);
  return [{ severity: 'warning', rule: 'origin-bound-code', message, position, excerpt: line }];
}

function findSeveralParts(content: string, { codeLength = 6, sample: further }: TextPolicy): TextFinding[] {
  const sample = { ...further, code: '0'.repeat(codeLength), locale: 'en', application: { name: 'Application' } };
  const { parts, firstNonGsm } = countParts(renderTemplate(content, sample));
  if (parts === 1) return [];
  const reason = firstNonGsm ? `, since "${firstNonGsm}" is not in the alphabet of plain SMS` : '';
  const message = `The text takes ${parts} SMS, each of which is charged${reason}.`;
  const position = firstNonGsm === undefined ? -1 : content.indexOf(firstNonGsm);
  return [
    {
      severity: 'warning',
      rule: 'several-parts',
      message,
      ...(position >= 0 && { position, excerpt: firstNonGsm }),
    },
  ];
}
