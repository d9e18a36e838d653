import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../forms/panel.tsx';
import { BrowserText } from '../../lists/browser-text.tsx';
import { TimeText } from '../../lists/time-text.tsx';
import { Allowed } from '../../session/role.tsx';
import { formatTime } from '../../shell/format-time.ts';
import type { User } from '../users-api.ts';
import { Entries } from './entries.tsx';
import { devicesQuery, forgetDevice } from './follow-api.ts';
import { useDeed } from './use-deed.ts';

/** The browsers that are known to a user; each can be forgotten. */
export function UserDevices({ user }: { user: User }) {
  const { t, i18n } = useTranslation();
  const query = useQuery(devicesQuery(user.id));
  const forgetting = useDeed(user.id, t('users.follow.devices.forgotten'), (id: string) => forgetDevice(user.id, id));
  return (
    <Panel title={t('users.follow.devices.title')} lead={t('users.follow.devices.lead')}>
      <Entries
        query={query}
        none={t('users.follow.devices.none')}
        keyOf={({ id }) => id}
        title={({ lastSignIn }) => <BrowserText {...lastSignIn} />}
        text={({ lastSignIn: { at, network } }) => (
          <>
            {t('users.follow.devices.last')} <TimeText at={at} />
            {network !== '' && ` · ${network}`}
          </>
        )}
        action={({ id, lastSignIn: { at } }) => (
          <Allowed as="operator">
            <Button
              size="xs"
              variant="default"
              aria-label={t('users.follow.devices.forgetOf', { time: formatTime(at, i18n.language) })}
              loading={forgetting.isPending && forgetting.variables === id}
              onClick={() => forgetting.mutate(id)}
            >
              {t('users.follow.devices.forget')}
            </Button>
          </Allowed>
        )}
      />
    </Panel>
  );
}
