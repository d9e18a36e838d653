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
import { secondFactorQuery, type User } from './users-api.ts';

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
  const mfa = data?.mfa;
  const isAsked = mfa !== undefined && mfa.factors.length > 0;
  const { data: wish } = useQuery({ ...secondFactorQuery(user.id), enabled: isAsked });
  if (!isAsked || !wish) return null;
  const has = { phone: user.primaryPhone !== null, email: user.primaryEmail !== null };
  const own = codeIdentifiers.filter((type) => mfa.factors.includes(codeMethods[type]) && has[type]);
  const isMandatory = mfa.policy === 'Mandatory';
  const without = isMandatory ? 'missing' : own.length > 0 ? 'skipped' : 'none';
  const isUsed = own.length > 0 && (isMandatory || !wish.mfa.skipMfaOnSignIn);
  return (
    <Fact label={t('users.second.label')}>
      {isUsed ? own.map((type) => t(`signInExperience.second.by.${type}`)).join(' · ') : t(`users.second.${without}`)}
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
