import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Issue } from '../api/api-error.ts';
import type { FormState } from './use-form.ts';

type Sending<Answer> = {
  send: () => Promise<Answer>;
  onSuccess?: (answer: Answer) => unknown;
  /** What the Console knows by itself that is wrong with the fields. */
  problems?: () => readonly Issue[];
};

/**
 * Sends what is filled in, for the form that shows it. What the server refuses shows at the fields; `error` is what else
 * went wrong. Nothing of it stays in memory once the form is gone: there may be a password in it.
 */
export function useSending<Values extends object, Answer>(
  form: FormState<Values>,
  { send, onSuccess, problems }: Sending<Answer>,
) {
  const [error, setError] = useState<unknown>();
  const { isPending, data, mutate } = useMutation({
    mutationFn: send,
    gcTime: 0,
    ...(onSuccess && { onSuccess }),
    onError: (refusal) => setError(form.refuse(refusal, problems?.()) ? undefined : refusal),
  });
  return { answer: data, shown: { form, isPending, error, onSubmit: () => mutate() } };
}
