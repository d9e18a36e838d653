import { Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Issue } from '../api/api-error.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { tellSuccess } from '../shell/notices.ts';
import { ChangedMeanwhile } from './changed-meanwhile.tsx';
import { type Merged, merge } from './merge.ts';
import { allProblems } from './problems.ts';
import { SaveBar } from './save-bar.tsx';
import type { FormState } from './use-form.ts';

type Props<Values extends object, Stored> = {
  form: FormState<Values>;
  /** Where the page is; its dialogs are below. */
  ownPath: string;
  /** Reads what is stored, past what is remembered of it. */
  read: () => Promise<Stored>;
  /** @param stored what is stored now, which others may have changed since the form began */
  save: (form: Pick<Merged<Values>, 'start' | 'values'>, stored: Stored) => Stored | Promise<Stored>;
  /** What the form starts from once it is saved. */
  valuesOf: (stored: Stored) => Values;
  onSaved: (stored: Stored) => void;
  /** What the Console can tell by itself of values that the server refuses. */
  check?: (values: Values) => Issue[];
  /** Told the fields that were refused, so that they can be brought into view. */
  onRefused?: (problems: Issue[]) => void;
  children: ReactNode;
};

/**
 * A form of a page that is stored already: its bar saves, and a refusal stands at the field or in the bar. What others
 * have changed since it began stays as they have it; where it is the same value, the person is asked, unless both save
 * in the same moment. What is typed during a save is not lost to its end.
 */
export function SavedForm<Values extends object, Stored>(props: Props<Values, Stored>) {
  const { form, ownPath, read, save, valuesOf, onSaved, check, onRefused, children } = props;
  const { t } = useTranslation();
  /** What no field tells. */
  const [failure, setFailure] = useState<unknown>();
  /** What somebody else has stored that this form would undo. */
  const [theirs, setTheirs] = useState<Stored>();
  const show = (stored: Stored, sent?: Values) => {
    onSaved(stored);
    form.restart(valuesOf(stored), sent);
  };
  const saving = useMutation({
    mutationFn: async ({ sent, isDecided }: { sent: Values; isDecided: boolean }) => {
      const stored = await read();
      const merged = merge(form.start, sent, valuesOf(stored));
      return merged.isConflict && !isDecided ? { stored, isConflict: true } : { stored: await save(merged, stored) };
    },
    onMutate: () => {
      setFailure(undefined);
      setTheirs(undefined);
    },
    onSuccess: ({ stored, isConflict }, { sent }) => {
      if (isConflict) return setTheirs(stored);
      show(stored, sent);
      tellSuccess(t('forms.saved'));
    },
    onError: (error, { sent }) => {
      const own = check?.(form.values) ?? [];
      const isTold = form.refuse(error, own, sent);
      const problems = allProblems(t, error, own);
      if (problems.length > 0) onRefused?.(problems);
      if (!isTold) setFailure(error);
    },
  });
  const send = (isDecided: boolean) => saving.mutate({ sent: form.values, isDecided });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!saving.isPending) send(false);
  };
  return (
    <form onSubmit={submit} noValidate ref={form.ref}>
      <Stack>
        {children}
        <SaveBar
          isDirty={form.isDirty}
          isSaving={saving.isPending}
          left={form.left}
          ownPath={ownPath}
          onDiscard={() => {
            form.reset();
            setFailure(undefined);
            setTheirs(undefined);
          }}
        >
          {theirs !== undefined && (
            <ChangedMeanwhile
              onLoad={() => {
                show(theirs);
                setTheirs(undefined);
              }}
              onSave={() => send(true)}
            />
          )}
          {failure !== undefined && <ErrorNotice error={failure} />}
        </SaveBar>
      </Stack>
    </form>
  );
}
