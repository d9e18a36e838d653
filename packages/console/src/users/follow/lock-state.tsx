import { Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { sentenceSpace } from '../../i18n/sentence-space.ts';
import { TimeText } from '../../lists/time-text.tsx';
import { Allowed } from '../../session/role.tsx';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { shownAddress } from '../../shell/shown-address.ts';
import type { User } from '../users-api.ts';
import { accessQuery, type PasswordLock, type RecipientLock, type SecondLock, unlock } from './follow-api.ts';
import { useDeed } from './use-deed.ts';

/** Since when there is a password, and whether it, the numbers and the addresses are locked or have to wait. */
export function LockState({ user }: { user: User }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(accessQuery(user.id));
  if (error) return <ErrorNotice error={error} onRetry={refetch} />;
  if (!data) return null;
  const { passwordSetAt, passwordLock, secondLock, otherLocks } = data;
  const whatOf = (channel: 'Sms' | 'Email') => t(`users.follow.lock.what.${channel}`);
  const locks = [
    ...(data.lock ? [{ what: whatOf('Sms'), lock: data.lock }] : []),
    ...(data.emailLock ? [{ what: whatOf('Email'), lock: data.emailLock }] : []),
    ...otherLocks.map(({ address, lock }) => ({
      what: `${whatOf(address.includes('@') ? 'Email' : 'Sms')} ${shownAddress(address)}`,
      lock,
    })),
  ];
  const wrongCodes = locks.some(({ lock }) => lock.failures > 0);
  const wrongSecond = secondLock.wrong > 0;
  const wrongPasswords = passwordLock.wrong > 0 || passwordLock.blocked.length > 0;
  return (
    <Stack gap="xs">
      {passwordSetAt !== null && (
        <Text size="sm">
          {t('users.follow.passwordSet')} <TimeText at={passwordSetAt} />
        </Text>
      )}
      {wrongPasswords && <PasswordState lock={passwordLock} />}
      {wrongSecond && <SecondState lock={secondLock} />}
      {locks.map((each) => (
        <Lock key={each.what} {...each} />
      ))}
      {(wrongCodes || wrongPasswords || wrongSecond) && <Unlock user={user} />}
    </Stack>
  );
}

/** Takes codes and passwords again. */
function Unlock({ user }: { user: User }) {
  const { t } = useTranslation();
  const unlocking = useDeed(user.id, t('users.follow.lock.unlocked'), () => unlock(user.id));
  return (
    <Allowed as="operator">
      <div>
        <Button variant="default" loading={unlocking.isPending} onClick={() => unlocking.mutate()}>
          {t('users.follow.lock.unlock')}
        </Button>
      </div>
    </Allowed>
  );
}

/** Whose passwords are not taken. */
function PasswordState({ lock: { wrong, maxWrong, blocked } }: { lock: PasswordLock }) {
  const { t, i18n } = useTranslation();
  const isFree = blocked.length === 0;
  return (
    <>
      <Text size="sm" {...(!isFree && { c: 'red', fw: 600 })}>
        {t(`users.follow.passwordLock.${isFree ? 'free' : 'waits'}`)}
        {sentenceSpace(i18n.language)}
        {wrong > 0 && t('users.follow.passwordLock.wrong', { count: wrong, most: maxWrong })}
      </Text>
      {blocked.map(({ caller, at, until }, index) => (
        <Text size="sm" key={`${caller} ${at} ${index.toString()}`}>
          {t(`users.follow.caller.${caller}`)} {t(`users.follow.passwordLock.at.${at}`)} <TimeText at={until} />
        </Text>
      ))}
    </>
  );
}

/** Whose codes that are not sent are not taken. */
function SecondState({ lock: { wrong, blocked } }: { lock: SecondLock }) {
  const { t } = useTranslation();
  return (
    <>
      <Text size="sm" {...(blocked.length > 0 && { c: 'red', fw: 600 })}>
        {t('users.follow.secondLock.wrong', { count: wrong })}
      </Text>
      {blocked.map(({ caller, at, until }, index) => (
        <Text size="sm" key={`${caller} ${at} ${index.toString()}`}>
          {t(`users.follow.caller.${caller}`)} {t(`users.follow.secondLock.at.${at}`)} <TimeText at={until} />
        </Text>
      ))}
    </>
  );
}

function Lock({ what, lock }: { what: string; lock: RecipientLock }) {
  const { t, i18n } = useTranslation();
  const { isLocked, failures, maxFailures, blocked, messages } = lock;
  const isFree = !isLocked && blocked.length === 0;
  return (
    <>
      <Text size="sm" {...(!isFree && { c: 'red', fw: 600 })}>
        {t(`users.follow.lock.${isLocked ? 'locked' : isFree ? 'free' : 'waits'}`, { what })}
        {sentenceSpace(i18n.language)}
        {failures > 0 && t('users.follow.lock.failures', { count: failures, most: maxFailures })}
      </Text>
      {blocked.map(({ caller, until }, index) => (
        <Text size="sm" key={`${caller} ${index.toString()}`}>
          {t(`users.follow.caller.${caller}`)}{' '}
          {until === null ? (
            t('users.follow.lock.untilUnlocked')
          ) : (
            <>
              {t('users.follow.lock.until')} <TimeText at={until} />
            </>
          )}
        </Text>
      ))}
      {messages.map(({ caller, sent, limit, nextAt }) => (
        <Text size="sm" key={caller}>
          {t(`users.follow.caller.${caller}`)} {limit > 0 && t('users.follow.lock.messages', { sent, limit })}{' '}
          {nextAt !== null && (
            <>
              {t('users.follow.lock.nextMessage')} <TimeText at={nextAt} />
            </>
          )}
        </Text>
      ))}
    </>
  );
}
