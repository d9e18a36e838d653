import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Copyable } from '../forms/copyable.tsx';
import { Panel } from '../forms/panel.tsx';
import { TimeText } from '../lists/time-text.tsx';
import { shownAddress } from '../shell/shown-address.ts';
import { Fact } from './fact.tsx';
import { SecondFactors } from './second-factors.tsx';
import type { User } from './users-api.ts';

/** What is known of a user and cannot be changed here. */
export function UserFacts({ user }: { user: User }) {
  const { t } = useTranslation();
  const address = user.primaryEmail ?? '';
  return (
    <Panel title={t('users.facts')}>
      <Stack gap="sm">
        <Copyable label={t('users.fields.id')} value={user.id} />
        {shownAddress(address) !== address && <Copyable label={t('users.addressInAscii')} value={address} />}
        <SecondFactors user={user} />
        <Fact label={t('users.fields.created')}>
          <TimeText at={user.createdAt} />
        </Fact>
        <Fact label={t('users.fields.lastSignIn')}>
          {user.lastSignInAt === null ? t('users.never') : <TimeText at={user.lastSignInAt} />}
        </Fact>
      </Stack>
    </Panel>
  );
}
