import { Text } from '@mantine/core';
import { FormDialog } from '../forms/form-dialog.tsx';
import { useForm } from '../forms/use-form.ts';
import { useSending } from '../forms/use-sending.ts';
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
  const { shown } = useSending(form, {
    send: () => change(form.values),
    onSuccess: onDone,
  });
  return (
    <FormDialog title={title} submit={submit} {...shown} onClose={onClose}>
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
