import { Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../forms/form-dialog.tsx';
import { useForm } from '../forms/use-form.ts';
import { sessionQuery } from '../session/session.ts';
import { tellSuccess } from '../shell/notices.ts';
import { type Administrator, administratorsQuery, setRole } from './administrators-api.ts';
import { RoleInput } from './role-input.tsx';

const route = getRouteApi('/signed-in/frame/administrators/$id/role');

/** The dialog that gives somebody another role. */
export function ChangeRole() {
  const { id } = route.useParams();
  const { data } = useQuery(administratorsQuery);
  const administrator = data?.find((each) => each.id === id);
  return administrator ? <RoleDialog administrator={administrator} /> : null;
}

function RoleDialog({ administrator: { id, username, role } }: { administrator: Administrator }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const form = useForm({ role });
  const [failure, setFailure] = useState<unknown>();
  const close = () => void navigate({ to: '/administrators' });
  const changing = useMutation({
    mutationFn: () => setRole({ id, role: form.values.role }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: administratorsQuery.queryKey });
      void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
      tellSuccess(t('administrators.role.done'));
      close();
    },
    onError: (error) => setFailure(form.refuse(error) ? undefined : error),
  });
  return (
    <FormDialog
      title={t('administrators.role.open')}
      submit={t('administrators.role.open')}
      isPending={changing.isPending}
      error={failure}
      form={form}
      onSubmit={() => changing.mutate()}
      onClose={close}
    >
      <Text style={{ overflowWrap: 'anywhere' }}>{t('administrators.role.lead', { username })}</Text>
      <RoleInput
        value={form.values.role}
        error={form.problemOf('role')}
        onChange={(chosen) => form.change('role', chosen)}
      />
    </FormDialog>
  );
}
