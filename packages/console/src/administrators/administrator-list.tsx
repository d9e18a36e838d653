import { Badge, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Column } from '../lists/column.ts';
import { ListTable } from '../lists/list-table.tsx';
import { TimeText } from '../lists/time-text.tsx';
import { sessionQuery } from '../session/session.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { ButtonLink } from '../shell/links.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { administratorsQuery } from './administrators-api.ts';

/** Every administrator, with what can be done about them; all but oneself can be removed. */
export function AdministratorList() {
  const { t } = useTranslation();
  const { data: session } = useQuery(sessionQuery);
  const { data, error, refetch } = useQuery(administratorsQuery);
  if (error) return <ErrorNotice error={error} onRetry={refetch} />;
  if (!data) return <PageSkeleton rows={1} />;
  const columns: Column<(typeof data)[number]>[] = [
    {
      name: 'username',
      title: t('administrators.fields.username'),
      value: ({ username }) => <Text fw={600}>{username}</Text>,
      beside: ({ id }) =>
        id === session?.administrator.id && <Badge variant="outline">{t('administrators.you')}</Badge>,
      below: ({ role }) => (
        <Text size="sm" c="dimmed" hiddenFrom="sm">
          {t(`shell.role.${role}`)}
        </Text>
      ),
      breaksWords: true,
    },
    {
      name: 'role',
      title: t('administrators.fields.role'),
      value: ({ role }) => t(`shell.role.${role}`),
      visibleFrom: 'sm',
    },
    {
      name: 'twoStep',
      title: t('administrators.fields.twoStep'),
      value: ({ twoStepSince }) =>
        t(twoStepSince === null ? 'administrators.twoStep.off' : 'administrators.twoStep.on'),
    },
    {
      name: 'since',
      title: t('administrators.fields.since'),
      value: ({ createdAt }) => <TimeText at={createdAt} />,
      visibleFrom: 'md',
    },
    {
      name: 'action',
      title: t('administrators.fields.action'),
      value: ({ id, username }) => (
        <Group gap="xs" justify="flex-end">
          <ButtonLink
            to="/administrators/$id/role"
            params={{ id }}
            size="xs"
            variant="default"
            aria-label={t('administrators.role.of', { username })}
          >
            {t('administrators.role.open')}
          </ButtonLink>
          {session && id !== session.administrator.id && <Remove id={id} username={username} />}
        </Group>
      ),
      isAtEnd: true,
    },
  ];
  return <ListTable title={t('sections.administrators')} rows={data} columns={columns} />;
}

function Remove({ id, username }: { id: string; username: string }) {
  const { t } = useTranslation();
  return (
    <ButtonLink
      to="/administrators/$id/remove"
      params={{ id }}
      size="xs"
      variant="default"
      aria-label={t('administrators.remove.of', { username })}
    >
      {t('administrators.remove.submit')}
    </ButtonLink>
  );
}
