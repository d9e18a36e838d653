import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TimeText } from '../lists/time-text.tsx';
import { Allowed } from '../session/role.tsx';
import { experienceQuery } from '../sign-in-experience/experience-api.ts';
import {
  backupCode,
  type FactorType,
  factorOf,
  factorTypes,
  policyOf,
} from '../sign-in-experience/experience-values.ts';
import { Fact } from './fact.tsx';
import { useDeed } from './follow/use-deed.ts';
import { endVerification, secondFactorQuery, type User, type Verification, verificationsQuery } from './users-api.ts';

/** What comes second when a user signs in, and what the user has for that which is set up by itself. */
export function SecondFactors({ user }: { user: User }) {
  const { data: experience } = useQuery(experienceQuery);
  const { data: verifications } = useQuery(verificationsQuery(user.id));
  if (!experience || !verifications) return null;
  const { factors } = experience.mfa;
  const app = verifications.find(({ type }) => type === factorOf.totp);
  const codes = verifications.find((one) => one.type === backupCode);
  return (
    <>
      <SecondFactor user={user} hasApp={app !== undefined} />
      {(app || factors.includes(factorOf.totp)) && <Authenticator user={user} app={app} />}
      {(codes || factors.includes(backupCode)) && <BackupCodes user={user} codes={codes} />}
    </>
  );
}

/** What the user enters after the password, where the policy asks for something. */
function SecondFactor({ user, hasApp }: { user: User; hasApp: boolean }) {
  const { t } = useTranslation();
  const { data } = useQuery(experienceQuery);
  const mfa = data?.mfa;
  const isAsked = mfa !== undefined && mfa.factors.length > 0;
  const { data: wish } = useQuery({ ...secondFactorQuery(user.id), enabled: isAsked });
  if (!isAsked || !wish) return null;
  const has: Record<FactorType, boolean> = {
    phone: user.primaryPhone !== null,
    email: user.primaryEmail !== null,
    totp: hasApp,
  };
  const own = factorTypes.filter((type) => mfa.factors.includes(factorOf[type]) && has[type]);
  const isMandatory = policyOf(mfa).endsWith('Mandatory');
  const without = isMandatory ? 'missing' : own.length > 0 ? 'skipped' : 'none';
  const isUsed = own.length > 0 && (isMandatory || !wish.mfa.skipMfaOnSignIn);
  return (
    <Fact label={t('users.second.label')}>
      {isUsed ? own.map((type) => t(`signInExperience.second.by.${type}`)).join(' · ') : t(`users.second.${without}`)}
    </Fact>
  );
}

function Authenticator({ user, app }: { user: User; app: Verification | undefined }) {
  const { t } = useTranslation();
  const shownAt = (time: string) => <TimeText at={Date.parse(time)} />;
  return (
    <Fact label={t('users.authenticator.label')}>
      {app ? (
        <Ended user={user} id={app.id} end={t('users.authenticator.end')} ended={t('users.authenticator.ended')}>
          <span>
            {t('users.authenticator.since')} {shownAt(app.createdAt)}
            {app.lastUsedAt !== undefined && (
              <>
                {' · '}
                {t('users.authenticator.usedAt')} {shownAt(app.lastUsedAt)}
              </>
            )}
          </span>
        </Ended>
      ) : (
        t('users.authenticator.none')
      )}
    </Fact>
  );
}

/** What stands in for that. */
function BackupCodes({ user, codes }: { user: User; codes: (Verification & { remainCodes: number }) | undefined }) {
  const { t } = useTranslation();
  return (
    <Fact label={t('users.backupCodes.label')}>
      {codes ? (
        <Ended user={user} id={codes.id} end={t('users.backupCodes.end')} ended={t('users.backupCodes.ended')}>
          {t('users.backupCodes.left', { count: codes.remainCodes })}
        </Ended>
      ) : (
        t('users.backupCodes.none')
      )}
    </Fact>
  );
}

type What = { user: User; id: string; end: string; ended: string; children: ReactNode };

/** What there is, with the button that ends it. */
function Ended({ user, id, end, ended, children }: What) {
  const ending = useDeed(user.id, ended, () => endVerification(user.id, id));
  return (
    <Group component="span" gap="sm">
      {children}
      <Allowed as="operator">
        <Button size="xs" variant="default" loading={ending.isPending} onClick={() => ending.mutate()}>
          {end}
        </Button>
      </Allowed>
    </Group>
  );
}
