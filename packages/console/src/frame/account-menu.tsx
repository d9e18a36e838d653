import { ActionIcon, Menu } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { abandonSession } from '../api/expiry.ts';
import { takeAnswer } from '../api/take-answer.ts';
import { sessionQuery, signOut } from '../session/session.ts';
import { IconLogout, IconUser, IconUserCircle } from '../shell/icons.tsx';
import { useFailureNotice } from '../shell/notices.ts';

/** Who is signed in and as what, the way to their account, and the way out. */
export function AccountMenu() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const tellFailure = useFailureNotice();
  const { data: session } = useQuery(sessionQuery);
  const leaving = useMutation({
    mutationFn: signOut,
    onSuccess: () => {
      abandonSession();
      takeAnswer(queries, sessionQuery.queryKey, null);
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] });
    },
    onError: tellFailure,
  });
  const navigate = useNavigate();
  const role = session?.administrator.role;
  const label = t('shell.account', { username: session?.administrator.username ?? '' });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label}>
          <IconUser size={20} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{label}</Menu.Label>
        {role && <Menu.Label>{t(`shell.role.${role}`)}</Menu.Label>}
        <Menu.Item leftSection={<IconUserCircle size={16} />} onClick={() => void navigate({ to: '/account' })}>
          {t('sections.account')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => leaving.mutate()}>
          {t('shell.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
