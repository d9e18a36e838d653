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
import { endTrustedDevice, trustedDevicesQuery } from './follow-api.ts';
import { useDeed } from './use-deed.ts';

/** The browsers in which a user is asked for no second code, where there are any; that can be ended for each. */
export function UserTrustedDevices({ user }: { user: User }) {
  const { t, i18n } = useTranslation();
  const query = useQuery(trustedDevicesQuery(user.id));
  const ending = useDeed(user.id, t('users.follow.trusted.ended'), (id: string) => endTrustedDevice(user.id, id));
  if (!query.data?.length) return null;
  return (
    <Panel title={t('users.follow.trusted.title')} lead={t('users.follow.trusted.lead')}>
      <Entries
        query={query}
        none=""
        keyOf={({ id }) => id}
        title={({ browser, system }) => <BrowserText browser={browser} system={system} />}
        text={({ expiresAt, network }) => (
          <>
            {t('users.follow.trusted.until')} <TimeText at={expiresAt} />
            {network !== '' && ` · ${network}`}
          </>
        )}
        action={({ id, expiresAt }) => (
          <Allowed as="operator">
            <Button
              size="xs"
              variant="default"
              aria-label={t('users.follow.trusted.endOf', { time: formatTime(expiresAt, i18n.language) })}
              loading={ending.isPending && ending.variables === id}
              onClick={() => ending.mutate(id)}
            >
              {t('users.follow.trusted.end')}
            </Button>
          </Allowed>
        )}
      />
    </Panel>
  );
}
