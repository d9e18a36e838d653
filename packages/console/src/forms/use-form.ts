import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Issue } from '../api/api-error.ts';
import { merge } from './merge.ts';
import { allProblems, isAbout } from './problems.ts';
import { isSameAt } from './same-at.ts';

/**
 * Values that are being edited, and what the server said of them. `stored` is where the form starts; a later `stored`
 * shows only after `restart`, so that nothing typed is lost.
 */
export function useForm<Values extends object>(stored: Values) {
  const { t } = useTranslation();
  const [start, setStart] = useState(stored);
  const [values, setValues] = useState(stored);
  const [problems, setProblems] = useState<readonly Issue[]>([]);
  const form = useRef<HTMLFormElement>(null);
  const [refusals, setRefusals] = useState(0);
  // Once their problems are drawn, and before anybody sees them: a focus that moves later takes away what is being typed.
  useLayoutEffect(() => {
    if (refusals > 0) focusFirst(form.current);
  }, [refusals]);

  const begin = (next: Values, sent?: Values) => {
    setStart(next);
    setValues((current) => (sent ? merge(sent, current, next).values : next));
    setProblems([]);
  };
  return {
    /** Belongs on the form: a refusal puts the focus on the first field at fault in it. */
    ref: form,
    values,
    /** What was stored when the form began. */
    start,
    isDirty: JSON.stringify(values) !== JSON.stringify(start),
    /** How many refused fields are still as they were. */
    left: new Set(problems.map(({ path }) => path)).size,
    /** What is wrong with a field, or with what is below it. */
    problemOf: (path: string): string | undefined => problems.find((problem) => isAbout(problem, path))?.message,
    /** Changes one value; what was said of it no longer holds. */
    change<Key extends keyof Values & string>(key: Key, value: Values[Key]) {
      setValues((current) => ({ ...current, [key]: value }));
      const isKept = ({ path }: Issue) => isSameAt(path, key, values[key], value);
      setProblems((current) => current.filter((problem) => !isAbout(problem, key) || isKept(problem)));
    },
    /**
     * Shows at the fields what the server refused, with what the Console knows of others by itself.
     * @param sent what was refused, where that may have been changed meanwhile: nothing is said of what is typed now
     * @returns whether nothing else is to be told
     */
    refuse(error: unknown, own: readonly Issue[] = [], sent: Values = values): boolean {
      const all = allProblems(t, error, own);
      const fields = Object.keys(values) as (keyof Values & string)[];
      const isAsSent = ({ path }: Issue, key: keyof Values & string) =>
        sent[key] === values[key] || isSameAt(path, key, sent[key], values[key]);
      const atFields = all.filter((problem) => fields.some((key) => isAbout(problem, key)));
      const found = atFields.filter((problem) =>
        fields.every((key) => !isAbout(problem, key) || isAsSent(problem, key)),
      );
      setProblems(found);
      if (found.length > 0) setRefusals((count) => count + 1);
      return found.length > 0 && atFields.length === all.length;
    },
    /** Puts the focus on the first field at fault, once what is being shown is drawn. */
    focusFirst: () => requestAnimationFrame(() => focusFirst(form.current)),
    reset: () => begin(start),
    /** Starts over from what was stored. What was changed since `sent` was sent to be stored stays as it is. */
    restart: begin,
  };
}
export type FormState<Values extends object> = ReturnType<typeof useForm<Values>>;
/** Some fields of a form, which may have more. */
export type FieldsOf<Values extends object> = Pick<FormState<Values>, 'values' | 'change' | 'problemOf'>;

function focusFirst(form: HTMLFormElement | null): void {
  const field = form?.querySelector<HTMLElement>('[aria-invalid="true"]');
  // The bar that saves lies over what is at the end of the window.
  field?.scrollIntoView({ block: 'center' });
  field?.focus({ preventScroll: true });
}
