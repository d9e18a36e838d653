import { Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../forms/form-dialog.tsx';
import { useForm } from '../forms/use-form.ts';
import { useSending } from '../forms/use-sending.ts';
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
  const close = () => void navigate({ to: '/administrators' });
  const { shown } = useSending(form, {
    send: () => setRole({ id, role: form.values.role }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: administratorsQuery.queryKey });
      void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
      tellSuccess(t('administrators.role.done'));
      close();
    },
  });
  return (
    <FormDialog title={t('administrators.role.open')} submit={t('administrators.role.open')} {...shown} onClose={close}>
      <Text style={{ overflowWrap: 'anywhere' }}>{t('administrators.role.lead', { username })}</Text>
      <RoleInput
        value={form.values.role}
        error={form.problemOf('role')}
        onChange={(chosen) => form.change('role', chosen)}
      />
    </FormDialog>
  );
}
