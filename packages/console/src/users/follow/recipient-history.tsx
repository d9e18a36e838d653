import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../forms/panel.tsx';
import { TimeText } from '../../lists/time-text.tsx';
import type { User } from '../users-api.ts';
import { Entries } from './entries.tsx';
import { type RecipientChange, recipientHistoryQuery } from './follow-api.ts';

/** The numbers, or the addresses, that a user has had, and who changed them. */
export function RecipientHistory({ user, of }: { user: User; of: 'phone' | 'email' }) {
  const { t } = useTranslation();
  const query = useQuery(recipientHistoryQuery(user.id, of));
  const words = of === 'email' ? 'addresses' : 'numbers';
  const shown = (recipient: string | null) => recipient ?? t(`users.follow.${words}.missing`);
  return (
    <Panel title={t(`users.follow.${words}.title`)}>
      <Entries
        query={query}
        none={t(`users.follow.${words}.none`)}
        keyOf={({ id }) => id}
        title={({ before, after }) => (
          <span style={{ overflowWrap: 'anywhere' }}>
            {shown(before)} → {shown(after)}
          </span>
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

function By({ by }: Pick<RecipientChange, 'by'>) {
  const { t } = useTranslation();
  return <>{t(`users.follow.changedBy.${by.type}`, { name: by.name })}</>;
}
