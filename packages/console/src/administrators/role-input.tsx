import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { roles } from '../session/role.tsx';
import type { Role } from '../session/session.ts';

type Props = { value: Role; error: string | undefined; onChange: (role: Role) => void };

/** One of the roles, with what it may do. */
export function RoleInput({ value, error, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={t('administrators.fields.role')}
      description={t(`administrators.roles.${value}`)}
      value={value}
      error={error}
      data={roles.map((role) => ({ value: role, label: t(`shell.role.${role}`) }))}
      onChange={(event) => onChange(event.currentTarget.value as Role)}
    />
  );
}
