import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Copyable } from '../forms/copyable.tsx';
import { Panel } from '../forms/panel.tsx';
import { TimeText } from '../lists/time-text.tsx';
import { Allowed } from '../session/role.tsx';
import { shownAddress } from '../shell/shown-address.ts';
import { experienceQuery } from '../sign-in-experience/experience-api.ts';
import { backupCode, codeMethods } from '../sign-in-experience/experience-values.ts';
import { codeIdentifiers } from '../sign-in-experience/identifiers.ts';
import { useDeed } from './follow/use-deed.ts';
import { backupCodesQuery, endBackupCodes, secondFactorQuery, type User } from './users-api.ts';

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
        <BackupCodes user={user} />
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

/** What stands in for that, where the policy has it or the user still does. */
function BackupCodes({ user }: { user: User }) {
  const { t } = useTranslation();
  const { data: experience } = useQuery(experienceQuery);
  const { data: codes } = useQuery(backupCodesQuery(user.id));
  const ending = useDeed(user.id, t('users.backupCodes.ended'), (id: string) => endBackupCodes(user.id, id));
  const isOn = experience?.mfa.factors.includes(backupCode) ?? false;
  if (codes === undefined || (codes === null && !isOn)) return null;
  return (
    <Fact label={t('users.backupCodes.label')}>
      {codes === null ? (
        t('users.backupCodes.none')
      ) : (
        <Group component="span" gap="sm">
          {t('users.backupCodes.left', { count: codes.remainCodes })}
          <Allowed as="operator">
            <Button size="xs" variant="default" loading={ending.isPending} onClick={() => ending.mutate(codes.id)}>
              {t('users.backupCodes.end')}
            </Button>
          </Allowed>
        </Group>
      )}
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
