import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Copyable } from '../forms/copyable.tsx';
import { Panel } from '../forms/panel.tsx';
import { TimeText } from '../lists/time-text.tsx';
import { shownAddress } from '../shell/shown-address.ts';
import { experienceQuery } from '../sign-in-experience/experience-api.ts';
import { codeMethods } from '../sign-in-experience/experience-values.ts';
import { codeIdentifiers } from '../sign-in-experience/ways.ts';
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
        <SecondFactor user={user} />
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

/** What the user enters after the password, where the policy asks for something. */
function SecondFactor({ user }: { user: User }) {
  const { t } = useTranslation();
  const { data } = useQuery(experienceQuery);
  if (!data || data.mfa.factors.length === 0) return null;
  const own = codeIdentifiers.filter(
    (type) =>
      data.mfa.factors.includes(codeMethods[type]) && (type === 'phone' ? user.primaryPhone : user.primaryEmail),
  );
  return (
    <Fact label={t('users.second.label')}>
      {own.map((type) => t(`signInExperience.second.by.${type}`)).join(' · ') ||
        t(`users.second.${data.mfa.policy === 'Mandatory' ? 'missing' : 'none'}`)}
    </Fact>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <Text size="sm" fw={600}>
        {label}
      </Text>
      <Text size="sm">{children}</Text>
    </div>
  );
}
