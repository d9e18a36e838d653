import { createHash } from 'node:crypto';
import {
  type CSSToken,
  isTokenAtKeyword,
  isTokenBadURL,
  isTokenColon,
  isTokenFunction,
  isTokenIdent,
  isTokenString,
  isTokenURL,
  isTokenWhiteSpaceOrComment,
  tokenize,
} from '@csstools/css-tokenizer';
import { type CssSyntaxError, parse } from 'postcss';
import { ApiError } from '../errors.ts';
import { type CssFault, faultOf } from './css-faults.ts';

/** The longest stylesheet, in bytes of UTF-8. */
export const maxCustomCss = 64 * 1024;
/** Nobody mends more than these at once. */
const maxProblems = 20;

/** What none of these can do is load something. */
const atRules = new Set([
  ...['media', 'supports', 'container', 'layer', 'scope', 'starting-style'],
  ...['keyframes', '-webkit-keyframes', 'property', 'counter-style'],
]);
/** They load what a plain text names, or draw or run what is elsewhere. */
const functions = new Set([
  ...['image-set', '-webkit-image-set', 'image', 'src', 'url-prefix', 'domain', 'document'],
  ...['expression', 'element', '-moz-element', 'paint'],
]);
const properties = new Set(['behavior', '-ms-behavior', '-moz-binding']);
/** A server has one of them, and an address that is its own under both is its own. */
const ownAddresses = ['http://own.invalid/pages/', 'https://own.invalid/pages/'];

/** What a stylesheet is refused for; lines and columns count from 1. */
export type CssProblem = {
  reason: 'too-long' | 'syntax' | 'at-rule' | 'function' | 'url' | 'property';
  line: number;
  column: number;
  /** What is at fault, as it reads. */
  found: string;
  /** The kind of it, where the syntax is at fault. */
  fault?: CssFault;
};

const sentences: Record<CssProblem['reason'], (found: string) => string> = {
  'too-long': (found) => `The stylesheet has ${found} bytes; it may have ${maxCustomCss}.`,
  syntax: (found) => `${found}.`,
  'at-rule': (found) => `${found} is not taken here; these are: ${[...atRules].map((name) => `@${name}`).join(', ')}.`,
  function: (found) => `${found} is not taken here.`,
  url: (found) => `${found} is not taken here: give data:image/… or a path of this server.`,
  property: (found) => `${found} is not taken here.`,
};

/**
 * The stylesheet of the operator's own may load nothing from elsewhere, so that what people type stays here.
 * @throws ApiError `sign_in_experiences.invalid_custom_css`
 */
export function checkCustomCss(css: string | null): void {
  const problems = css === null ? [] : problemsIn(css);
  if (problems.length === 0) return;
  const issues = problems.slice(0, maxProblems).map((problem) => ({
    path: 'customCss',
    message: `Line ${problem.line}: ${sentences[problem.reason](problem.found)}`,
    ...problem,
  }));
  throw new ApiError('sign_in_experiences.invalid_custom_css', { issues });
}

/** The version of a stylesheet: another text has another one. */
export const versionOf = (css: string): string => createHash('sha256').update(css).digest('base64url').slice(0, 12);

/** What is to be put right, from the first line on; no more than 20 are of use. */
export function problemsIn(css: string): CssProblem[] {
  const size = Buffer.byteLength(css);
  if (size > maxCustomCss) return [{ reason: 'too-long', line: 1, column: 1, found: String(size) }];
  const broken: CssProblem[] = [];
  const tokens = tokenize(
    { css },
    {
      onParseError: ({ message, sourceStart }) =>
        broken.push({ reason: 'syntax', ...placeOf(css, sourceStart), ...syntaxFault(message) }),
    },
  ).filter((token) => !isTokenWhiteSpaceOrComment(token));
  const refused = tokens.flatMap((token, index) => refusalOf(token, tokens[index + 1]) ?? []);
  const places = refused.map(({ token, ...problem }) => ({ ...problem, ...placeOf(css, token[2]) }));
  return [...broken, ...(broken.length === 0 ? syntaxProblems(css) : []), ...places].sort(
    (one, other) => one.line - other.line || one.column - other.column,
  );
}

type Refusal = { reason: CssProblem['reason']; found: string; token: CSSToken };

/** Names are compared as browsers read them: without escapes, and in lower case. */
function refusalOf(token: CSSToken, next: CSSToken | undefined): Refusal | undefined {
  if (isTokenAtKeyword(token)) {
    const name = token[4].value.toLowerCase();
    return atRules.has(name) ? undefined : { reason: 'at-rule', found: `@${name}`, token };
  }
  if (isTokenURL(token)) return isOwn(token[4].value) ? undefined : { reason: 'url', found: shown(token), token };
  if (isTokenBadURL(token)) return { reason: 'url', found: shown(token), token };
  if (isTokenIdent(token)) {
    const name = token[4].value.toLowerCase();
    return properties.has(name) && isTokenColon(next) ? { reason: 'property', found: name, token } : undefined;
  }
  if (!isTokenFunction(token)) return undefined;
  const name = token[4].value.toLowerCase();
  if (name !== 'url') return functions.has(name) ? { reason: 'function', found: `${name}()`, token } : undefined;
  return isTokenString(next) && isOwn(next[4].value)
    ? undefined
    : { reason: 'url', found: `url(${next ? shown(next) : ''})`, token };
}

/** Whether an address is a picture in itself, or of this server. */
function isOwn(address: string): boolean {
  return ownAddresses.every((base) => {
    const url = URL.parse(address, base);
    if (url?.protocol === 'data:') return /^image\/(png|jpeg|gif|webp|avif|svg\+xml)[;,]/i.test(url.pathname);
    return url?.origin === new URL(base).origin;
  });
}

const shown = ([, text]: CSSToken): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

const syntaxFault = (words: string) => ({ found: words.replace(/\.$/, ''), fault: faultOf(words) });

/** The first place where it is no stylesheet. */
function syntaxProblems(css: string): CssProblem[] {
  try {
    // A comment in it may name a file with its origin, which nobody is to read.
    parse(css, { map: false });
    return [];
  } catch (error) {
    const { reason, line = 1, column = 1 } = error as CssSyntaxError;
    return [{ reason: 'syntax', line, column, ...syntaxFault(reason) }];
  }
}

function placeOf(css: string, offset: number): Pick<CssProblem, 'line' | 'column'> {
  const lines = css.slice(0, offset).split(/\r\n|[\n\r\f]/);
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
