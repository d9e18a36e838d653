import type { FormItem } from '@sesame/connector-kit';
import { useLayoutEffect, useMemo, useState } from 'react';
import { type ApiError, type Issue, issuesOf } from '../api/api-error.ts';
import type { Config } from '../api/connectors.ts';
import { merge } from '../forms/merge.ts';
import { useConnectorWords } from '../shell/use-connector-words.ts';
import {
  configOf,
  countProblems,
  type Draft,
  type FieldProblem,
  isSameDraft,
  problemsOf,
  startDraft,
} from './draft.ts';

/** Where the input of a field is, for labels and for the focus. */
export const fieldId = (key: string): string => `field-${key}`;

/**
 * A configuration of a connector that is being edited: what changed, what is wrong, and what of that a person should see
 * by now.
 */
export function useDraft(factoryId: string, items: readonly FormItem[], config: Config) {
  const wordsOf = useConnectorWords(factoryId);
  const [start, setStart] = useState(() => startDraft(items, config));
  const [draft, setDraft] = useState(start);
  const [visited, setVisited] = useState<ReadonlySet<string>>(new Set());
  const [refused, setIssues] = useState<readonly Issue[]>([]);
  /** What is to be put right first; another object each time that it is said. */
  const [first, setFirst] = useState<FormItem>();
  // Once its problem is drawn, and before anybody sees it: a focus that moves later takes away what is being typed.
  useLayoutEffect(() => {
    if (first) focusOn(first);
  }, [first]);
  const issues = useMemo(
    () =>
      refused.map((issue) => {
        const { text, rest } = wordsOf(issue);
        return { ...issue, message: [text, rest].filter(Boolean).join(' ') };
      }),
    [refused, wordsOf],
  );
  const problems = useMemo(() => problemsOf(items, draft), [items, draft]);
  const settle = (key: string) => setIssues((current) => current.filter((issue) => !isAbout(issue, key)));
  const showFirst = (isWrong: (key: string) => boolean): FormItem | undefined => {
    const found = items.find(({ key }) => isWrong(key));
    setFirst(found && { ...found });
    return found;
  };

  return {
    items,
    draft,
    issues,
    /** Whether all that the server refused stands at fields. */
    isToldAtFields: issues.length > 0 && issues.every((issue) => items.some(({ key }) => isAbout(issue, key))),
    isDirty: !isSameDraft(draft, start),
    /** How much there is to fill in and to put right. */
    left: countProblems(items, draft) + issues.length,
    /** The first field that is at fault. */
    firstWrong: () => items.find(({ key }) => problems[key] !== undefined)?.key,
    config: () => configOf(items, draft),
    problemOf: (key: string): FieldProblem | undefined => (visited.has(key) ? problems[key] : undefined),
    issuesOf: (key: string) => issues.filter((issue) => isAbout(issue, key)),
    change(key: string, value: unknown) {
      settle(key);
      setDraft((current) => ({ ...current, values: { ...current.values, [key]: value } }));
    },
    changeText(key: string, text: string) {
      settle(key);
      setDraft((current) => ({ ...current, texts: { ...current.texts, [key]: text } }));
    },
    leave: (key: string) => setVisited((current) => new Set(current).add(key)),
    /** Shows every problem and goes to the first. @returns whether there is none */
    check(): boolean {
      setVisited(new Set(items.map(({ key }) => key)));
      return showFirst((key) => problems[key] !== undefined) === undefined;
    },
    /**
     * Shows what the server refused.
     * @param sent what it was asked: of a field that was changed meanwhile, nothing is said
     * @returns the first field of this form that it named
     */
    refuse(error: ApiError, sent: Draft): string | undefined {
      const isChanged = (key: string) => sent.values[key] !== draft.values[key] || sent.texts[key] !== draft.texts[key];
      const refused = issuesOf(error).filter(
        (issue) => !items.some(({ key }) => isAbout(issue, key) && isChanged(key)),
      );
      setIssues(refused);
      return showFirst((key) => refused.some((issue) => isAbout(issue, key)))?.key;
    },
    reset() {
      setDraft(start);
      setIssues([]);
      setVisited(new Set());
    },
    /** Starts over from a configuration that was stored. What was changed since `sent` was sent stays as it is. */
    restart(stored: Config, sent?: Draft) {
      const next = startDraft(items, stored);
      setStart(next);
      setDraft((current) => (sent ? merge(sent, current, next).values : next));
      setIssues([]);
      setVisited(new Set());
    },
  };
}
export type DraftState = ReturnType<typeof useDraft>;

const isAbout = ({ path }: Issue, key: string) => path === key || path.startsWith(`${key}.`);

function focusOn(item: FormItem): void {
  const field = document.getElementById(fieldId(item.key));
  // It takes no focus while a save is under way.
  if (field?.closest('[inert]')) return void requestAnimationFrame(() => focusOn(item));
  // Of the many texts of a form of templates, the one that is at fault.
  const place = field?.querySelector<HTMLElement>('[data-severity="error"]') ?? field;
  place?.scrollIntoView({ block: 'center' });
  place?.focus({ preventScroll: true });
}
