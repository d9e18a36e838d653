import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { readPolicyAnew } from '../../api/protection.ts';
import { useForm } from '../../forms/use-form.ts';
import { tellSuccess, useFailureNotice } from '../../shell/notices.ts';
import { addListed, type Listed, lists } from './listed-api.ts';

/** Puts a number, a range or a network on a list. */
export function AddListed() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const tellFailure = useFailureNotice();
  const form = useForm<Pick<Listed, 'list' | 'entry'>>({ list: 'always', entry: '' });
  const { list, entry } = form.values;
  const adding = useMutation({
    mutationFn: () => addListed({ list, entry: typed(entry) }),
    onSuccess: async () => {
      await readPolicyAnew(queries);
      tellSuccess(t('protection.listed.added'));
      form.restart({ list, entry: '' });
    },
    onError: (error) => {
      if (!form.refuse(error, [{ path: 'entry', message: t('protection.listed.wrong') }])) tellFailure(error);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!adding.isPending) adding.mutate();
  };
  return (
    <form onSubmit={submit} noValidate ref={form.ref}>
      <Group align="flex-start">
        <NativeSelect
          label={t('protection.listed.list')}
          value={list}
          data={lists.map((value) => ({ value, label: t(`protection.listed.lists.${value}`) }))}
          onChange={(event) => form.change('list', event.currentTarget.value as Listed['list'])}
        />
        <TextInput
          label={t('protection.listed.entry')}
          description={t('protection.listed.entryHelp')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autoComplete="off"
          spellCheck={false}
          flex="1 1 16rem"
          maw="28rem"
          value={entry}
          error={form.problemOf('entry')}
          onChange={(event) => form.change('entry', event.currentTarget.value)}
        />
        <Button type="submit" mt={25} loading={adding.isPending}>
          {t('protection.listed.add')}
        </Button>
      </Group>
    </form>
  );
}

/** Numbers are typed with spaces and brackets. */
const typed = (entry: string): string => (entry.trim().startsWith('+') ? `+${entry.replace(/\D/g, '')}` : entry.trim());
