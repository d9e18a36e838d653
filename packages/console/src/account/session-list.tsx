import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { BrowserText } from '../lists/browser-text.tsx';
import { TimeText } from '../lists/time-text.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { formatTime } from '../shell/format-time.ts';
import { tellSuccess, useFailureNotice } from '../shell/notices.ts';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { endOtherSessions, endSession, sessionsQuery } from './account-api.ts';

/** One's own sessions; all but the one in use can be ended here. */
export function SessionList() {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const tellFailure = useFailureNotice();
  const { data, error, refetch } = useQuery(sessionsQuery);
  const whenDone = {
    onError: tellFailure,
    onSettled: () => queries.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  };
  const ending = useMutation({
    ...whenDone,
    mutationFn: endSession,
    onSuccess: () => tellSuccess(t('account.sessions.ended')),
  });
  const endingOthers = useMutation({
    ...whenDone,
    mutationFn: endOtherSessions,
    onSuccess: () => tellSuccess(t('account.sessions.othersEnded')),
  });
  if (error) return <ErrorNotice error={error} onRetry={refetch} />;
  if (!data) return <PageSkeleton rows={1} />;
  return (
    <>
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
        {data.map(({ id, createdAt, expiresAt, isCurrent, ...used }) => (
          <Group component="li" key={id} justify="space-between">
            <div>
              <Group gap="xs">
                <Text size="sm" fw={600}>
                  <BrowserText {...used} />
                </Text>
                {isCurrent && <Badge variant="outline">{t('account.sessions.current')}</Badge>}
              </Group>
              <Text size="sm" c="dimmed">
                {t('account.sessions.begun')} <TimeText at={createdAt} /> · {t('account.sessions.expires')}{' '}
                <TimeText at={expiresAt} />
              </Text>
            </div>
            {!isCurrent && (
              <Button
                size="xs"
                variant="default"
                aria-label={t('account.sessions.endOf', { time: formatTime(createdAt, i18n.language) })}
                loading={ending.isPending && ending.variables === id}
                onClick={() => ending.mutate(id)}
              >
                {t('account.sessions.end')}
              </Button>
            )}
          </Group>
        ))}
      </Stack>
      {data.length > 2 && (
        <Group>
          <Button variant="default" loading={endingOthers.isPending} onClick={() => endingOthers.mutate()}>
            {t('account.sessions.endOthers')}
          </Button>
        </Group>
      )}
    </>
  );
}
