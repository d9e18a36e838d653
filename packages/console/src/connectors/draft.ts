import type { FormItem } from '@sesame/connector-kit';
import { findJsonProblem, toText } from './json-problem.ts';
import { isTemplatesItem } from './templates/read-templates.ts';
import { errorsIn } from './templates/templates.ts';

/** A configuration as it is being edited: JSON fields as text, which may be broken for a while. */
export type Draft = {
  values: Readonly<Record<string, unknown>>;
  texts: Readonly<Record<string, string>>;
  /** What the stored configuration holds beyond the form; it is kept as it is. */
  rest: Readonly<Record<string, unknown>>;
};

/** What is wrong with a field, as seen in the browser. */
export type FieldProblem = 'required' | 'number' | 'json' | 'templates';

/** What a new configuration starts with. */
export function defaultsOf(items: readonly FormItem[]): Record<string, unknown> {
  return Object.fromEntries(items.map(({ key, defaultValue }) => [key, defaultValue]));
}

/** Starts from a configuration. A field that it leaves out stays so until it is changed; JSON shows its default. */
export function startDraft(items: readonly FormItem[], config: Readonly<Record<string, unknown>>): Draft {
  const known = new Set(items.map(({ key }) => key));
  return {
    values: Object.fromEntries(items.filter(({ type }) => type !== 'Json').map(({ key }) => [key, config[key]])),
    texts: Object.fromEntries(
      items
        .filter(({ type }) => type === 'Json')
        .map(({ key, defaultValue }) => [key, toText(config[key] ?? defaultValue)]),
    ),
    rest: Object.fromEntries(Object.entries(config).filter(([key, value]) => !known.has(key) && value !== undefined)),
  };
}

/** Whether a field is shown: every condition on other fields holds. */
export function isShown(items: readonly FormItem[], item: FormItem, { values }: Draft): boolean {
  const defaults = defaultsOf(items);
  return (item.showConditions ?? []).every(
    ({ targetKey, expectValue }) => (values[targetKey] ?? defaults[targetKey]) === expectValue,
  );
}

/** The configuration to send: hidden and empty fields left out, texts trimmed. Broken JSON is left out, too. */
export function configOf(items: readonly FormItem[], draft: Draft): Record<string, unknown> {
  const entries = items
    .filter((item) => isShown(items, item, draft))
    .map((item) => [item.key, valueIn(item, draft)] as const)
    .filter(([, value]) => value !== undefined);
  return { ...draft.rest, ...Object.fromEntries(entries) };
}

function valueIn({ key, type }: FormItem, { values, texts }: Draft): unknown {
  if (type === 'Json') {
    const text = texts[key] ?? '';
    return text.trim() === '' || findJsonProblem(text) ? undefined : (JSON.parse(text) as unknown);
  }
  const value = values[key];
  if (typeof value === 'string') return value.trim() || undefined;
  return Array.isArray(value) && value.length === 0 ? undefined : value;
}

/** What is wrong with each field that is shown, by key. */
export function problemsOf(items: readonly FormItem[], draft: Draft): Record<string, FieldProblem> {
  const found = items
    .filter((item) => isShown(items, item, draft))
    .map((item) => [item.key, problemOf(item, draft)] as const)
    .filter((entry): entry is readonly [string, FieldProblem] => entry[1] !== undefined);
  return Object.fromEntries(found);
}

function problemOf(item: FormItem, draft: Draft): FieldProblem | undefined {
  const text = draft.texts[item.key] ?? '';
  if (item.type === 'Json' && text.trim() !== '' && findJsonProblem(text)) return 'json';
  const value = valueIn(item, draft);
  if (item.required && value === undefined) return 'required';
  if (isTemplatesItem(item) && errorsIn(text, item.key) > 0) return 'templates';
  return item.type === 'Number' && value !== undefined && !Number.isFinite(Number(value)) ? 'number' : undefined;
}

/** How much is to be put right before a draft can be saved: each field at fault, and each error in the templates. */
export function countProblems(items: readonly FormItem[], draft: Draft): number {
  return Object.entries(problemsOf(items, draft))
    .map(([key, problem]) => (problem === 'templates' ? errorsIn(draft.texts[key] ?? '', key) : 1))
    .reduce((sum, count) => sum + count, 0);
}

/** Whether two drafts say the same. */
export function isSameDraft(one: Draft, other: Draft): boolean {
  return JSON.stringify([one.values, one.texts]) === JSON.stringify([other.values, other.texts]);
}
