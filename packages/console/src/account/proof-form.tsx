import { Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { FormDialog } from '../forms/form-dialog.tsx';
import { useForm } from '../forms/use-form.ts';
import { CodeInput } from '../session/code-input.tsx';
import type { Proof } from './account-api.ts';
import { CurrentPasswordInput } from './current-password-input.tsx';

type Props<Done> = {
  title: string;
  text: string;
  submit: string;
  /** What both are asked for. */
  change: (proof: Proof) => Promise<Done>;
  onDone: (done: Done) => void;
  onClose: () => void;
};

/** A dialog that asks for the password and a code before two-step sign-in is changed. */
export function ProofForm<Done>({ title, text, submit, change, onDone, onClose }: Props<Done>) {
  const form = useForm({ currentPassword: '', code: '' });
  const [failure, setFailure] = useState<unknown>();
  const changing = useMutation({
    mutationFn: () => change(form.values),
    gcTime: 0,
    onSuccess: onDone,
    onError: (error) => setFailure(form.refuse(error) ? undefined : error),
  });
  return (
    <FormDialog
      title={title}
      submit={submit}
      isPending={changing.isPending}
      error={failure}
      form={form}
      onSubmit={() => changing.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{text}</Text>
      <CurrentPasswordInput
        value={form.values.currentPassword}
        error={form.problemOf('currentPassword')}
        onChange={(password) => form.change('currentPassword', password)}
      />
      <CodeInput
        value={form.values.code}
        error={form.problemOf('code')}
        isFirst={false}
        onChange={(code) => form.change('code', code)}
      />
    </FormDialog>
  );
}
