import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../forms/panel.tsx';
import { listText } from '../../i18n/list-text.ts';
import { BrowserText } from '../../lists/browser-text.tsx';
import { TimeText } from '../../lists/time-text.tsx';
import { Allowed } from '../../session/role.tsx';
import { ConfirmDialog } from '../../shell/confirm-dialog.tsx';
import { formatTime } from '../../shell/format-time.ts';
import type { User } from '../users-api.ts';
import { Entries } from './entries.tsx';
import { endUserSession, endUserSessions, userSessionsQuery } from './follow-api.ts';
import { useDeed } from './use-deed.ts';

/** Where a user is signed in; one session, or all of them, can be ended. */
export function UserSessions({ user }: { user: User }) {
  const { t, i18n } = useTranslation();
  const query = useQuery(userSessionsQuery(user.id));
  const [isAsking, setAsking] = useState(false);
  const ending = useDeed(user.id, t('users.follow.sessions.ended'), (id: string) => endUserSession(user.id, id));
  const endingAll = useDeed(user.id, t('users.follow.sessions.allEnded'), () => endUserSessions(user.id));
  return (
    <Panel title={t('users.follow.sessions.title')} lead={t('users.follow.sessions.lead')}>
      <Entries
        query={query}
        none={t('users.follow.sessions.none')}
        keyOf={({ payload }) => payload.uid}
        title={(session) => <BrowserText {...session} />}
        text={({ signedInAt, lastSeenAt, applications }) => (
          <>
            {listText(
              i18n.language,
              applications.map(({ name }) => name),
            )}
            {applications.length > 0 && ' · '}
            {t('users.follow.sessions.begun')} <TimeText at={signedInAt} /> · {t('users.follow.sessions.lastSeen')}{' '}
            <TimeText at={lastSeenAt} />
          </>
        )}
        action={({ payload: { uid }, signedInAt }) => (
          <Allowed as="operator">
            <Button
              size="xs"
              variant="default"
              aria-label={t('users.follow.sessions.endOf', { time: formatTime(signedInAt, i18n.language) })}
              loading={ending.isPending && ending.variables === uid}
              onClick={() => ending.mutate(uid)}
            >
              {t('users.follow.sessions.end')}
            </Button>
          </Allowed>
        )}
      />
      {/* Also where no browser is signed in: applications may go on with what they were given. */}
      <Allowed as="operator">
        <Group>
          <Button variant="outline" color="red" onClick={() => setAsking(true)}>
            {t('users.follow.sessions.endAll')}
          </Button>
        </Group>
      </Allowed>
      {isAsking && (
        <ConfirmDialog
          title={t('users.follow.sessions.endAll')}
          confirm={t('users.follow.sessions.endAll')}
          isDangerous
          isPending={endingAll.isPending}
          error={endingAll.error}
          onConfirm={() => endingAll.mutate(undefined, { onSuccess: () => setAsking(false) })}
          onClose={() => setAsking(false)}
        >
          {t('users.follow.sessions.endAllText')}
        </ConfirmDialog>
      )}
    </Panel>
  );
}
