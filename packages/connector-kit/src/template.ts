import { type Locale, matchLocale } from './locale.ts';
import { remember } from './remember.ts';

/** A phone number in E.164, with the plus. */
export type PhoneNumber = string;

/** The usage types that every list of templates must cover. */
export const requiredUsageTypes = ['Register', 'SignIn', 'ForgotPassword', 'Generic'] as const;

/**
 * Further usage types, with Logto's names; a list without templates for one sends those for Generic. Sesame sends
 * UserPermissionValidation (to prove who it is), BindNewIdentifier (to what an account is to get), MfaVerification,
 * BindMfa (to get it in a sign-in), and AccountChanged, which is ours: what tells owners of changes.
 */
export const optionalUsageTypes = [
  'UserPermissionValidation',
  'BindNewIdentifier',
  'MfaVerification',
  'BindMfa',
  'OrganizationInvitation',
  'AccountChanged',
] as const;

/** The usage types that have a meaning of their own. */
export const knownUsageTypes = [...requiredUsageTypes, ...optionalUsageTypes] as const;

/** The usage type of notices to the owner of an account. */
export const noticeUsageType = 'AccountChanged' satisfies (typeof optionalUsageTypes)[number];

/** The usage types whose messages bring a code. An invitation brings a link, a notice neither. */
export const codeUsageTypes = knownUsageTypes.filter(
  (usageType) => usageType !== 'OrganizationInvitation' && usageType !== noticeUsageType,
);

/** Those whose messages may bring a link (`{{link}}`) beside the code: it opens the page that asks for the code. */
export const linkUsageTypes = ['SignIn', 'Register', 'ForgotPassword'] as const;

/** What a message is for: a known usage type, or one that an administrator added. */
export type UsageType = (typeof knownUsageTypes)[number] | (string & {});

/** A text, or the id of a text that lives at the provider, for a usage type and optionally a language. */
export type Template = {
  usageType: UsageType;
  locale?: Locale | undefined;
  content?: string | undefined;
  /** What only mails have; `content` may be text or HTML. All but the type may hold variables. */
  subject?: string | undefined;
  contentType?: 'text/plain' | 'text/html' | undefined;
  replyTo?: string | undefined;
  sendFrom?: string | undefined;
};

/** Whether the content of a mail is HTML. Templates of some providers do not say; a document or a closed element is. */
export const holdsHtml = ({ content = '', contentType }: Pick<Template, 'content' | 'contentType'>): boolean =>
  contentType === undefined ? /<!doctype html|<\/[a-z][a-z0-9]*\s*>/i.test(content) : contentType === 'text/html';

/** Values for `{{name}}`; nested ones are reached with dots: `{{application.name}}`. */
export type Variables = { [name: string]: string | number | Variables | undefined };

/**
 * The template for a usage type and the languages that a person wishes: one that meets a wish, as `matchLocale` says,
 * or one without a language; else those for Generic, but for a notice, which has no code for them. Where none meets a
 * wish, the first one in another language is better than no code.
 * @param wishes language tags (BCP 47), the best first
 */
export function chooseTemplate<T extends Template>(
  templates: readonly T[],
  usageType: UsageType,
  wishes: Locale | readonly Locale[] = [],
): T | undefined {
  const wished = [wishes].flat();
  let first: T | undefined;
  for (const type of usageType === noticeUsageType ? [usageType] : [usageType, 'Generic']) {
    const ofType = templates.filter((template) => template.usageType === type);
    const tags = wished.length === 0 ? [] : ofType.flatMap(({ locale }) => locale ?? []);
    const met = matchLocale(wished, tags);
    const found =
      ofType.find(({ locale }) => met !== undefined && locale === met) ?? ofType.find(({ locale }) => !locale);
    if (found) return found;
    first ??= ofType[0];
  }
  return first;
}

/** Wishes are many where programs make them up. */
const maxChoices = 200;
const choices = new WeakMap<readonly Template[], Map<string, Template | undefined>>();

/** `chooseTemplate` for lists that nobody changes, such as those of a configuration: what it comes to is remembered. */
export function chooseTemplateOnce<T extends Template>(
  templates: readonly T[],
  usageType: UsageType,
  wishes: Locale | readonly Locale[] = [],
): T | undefined {
  const known = choices.get(templates) ?? new Map<string, Template | undefined>();
  choices.set(templates, known);
  const key = `${usageType}\n${wishes}`;
  if (known.has(key)) return known.get(key) as T | undefined;
  const chosen = chooseTemplate(templates, usageType, wishes);
  if (known.size >= maxChoices) known.clear();
  known.set(key, chosen);
  return chosen;
}

/**
 * Of a person's wishes the one that the templates meet, to be the `locale` of a message: with it `chooseTemplate` comes to
 * the same template as with all of them. The first wish where they meet none.
 * @param templates a list that nobody changes
 * @param wishes language tags (BCP 47), the best first
 */
export function chooseLocale(
  templates: readonly Template[],
  usageType: UsageType,
  wishes: readonly Locale[],
): Locale | undefined {
  const met = chooseTemplateOnce(templates, usageType, wishes)?.locale;
  return wishes.find((wish) => met !== undefined && matchLocale([wish], [met])) ?? wishes[0];
}

const placeholder = /\{\{\s*([\w.-]+)\s*\}\}/g;

/**
 * Puts the variables in the place of `{{name}}` and `{{outer.inner}}`; a variable without a value becomes empty.
 * @param escapeValue what a value has to become to stand in such a content; nothing else by default
 */
export function renderTemplate(
  content: string,
  variables: Variables,
  escapeValue: (value: string) => string = String,
): string {
  let rendered = '';
  for (const [index, part] of partsOf(content).entries()) {
    const value = index % 2 === 0 ? part : valueAt(part, variables);
    rendered += index % 2 === 0 ? value : escapeValue(value);
  }
  return rendered;
}

/** Templates are few, messages are many: text and names by turns. */
const partsOf = remember(1_000, (content: string) => content.split(placeholder));

function valueAt(path: string, variables: Variables): string {
  let value: Variables[string] = variables;
  for (const key of path.split('.')) {
    value = isVariables(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Payloads come from JSON, where a variable may be null or a list whatever the types say. */
function isVariables(value: unknown): value is Variables {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The names between `{{` and `}}`, in order, repeated ones repeated. */
export function placeholdersOf(content: string): string[] {
  return [...content.matchAll(placeholder)].map((match) => match[1] ?? '');
}
