import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../forms/panel.tsx';
import { TimeText } from '../../lists/time-text.tsx';
import type { User } from '../users-api.ts';
import { Entries } from './entries.tsx';
import { type PhoneChange, phoneHistoryQuery } from './follow-api.ts';

/** The numbers that a user has had, and who changed them. */
export function PhoneHistory({ user }: { user: User }) {
  const { t } = useTranslation();
  const query = useQuery(phoneHistoryQuery(user.id));
  return (
    <Panel title={t('users.follow.numbers.title')}>
      <Entries
        query={query}
        none={t('users.follow.numbers.none')}
        keyOf={({ id }) => id}
        title={({ phoneBefore, phone }) => (
          <>
            {phoneBefore ?? t('users.follow.numbers.noNumber')} → {phone ?? t('users.follow.numbers.noNumber')}
          </>
        )}
        text={({ at, by }) => (
          <>
            <TimeText at={at} /> · <By by={by} />
          </>
        )}
      />
    </Panel>
  );
}

function By({ by }: Pick<PhoneChange, 'by'>) {
  const { t } = useTranslation();
  return <>{t(`users.follow.numbers.by.${by.type}`, { name: by.name })}</>;
}
