import { Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../forms/panel.tsx';
import { usageName } from '../../i18n/usage-text.ts';
import { OutcomeText } from '../../lists/outcome-text.tsx';
import { TimeText } from '../../lists/time-text.tsx';
import { errorWords } from '../../messages/error-words.ts';
import { failureOf } from '../../messages/failure.ts';
import type { Message } from '../../messages/messages-api.ts';
import { PageLink } from '../../shell/links.tsx';
import type { User } from '../users-api.ts';
import { Entries } from './entries.tsx';
import { shownAtOnce, userMessagesQuery } from './follow-api.ts';

/** The newest messages to the numbers and addresses of a user, and what became of them. */
export function UserMessages({ user }: { user: User }) {
  const { t } = useTranslation();
  const query = useQuery(userMessagesQuery(user.id));
  return (
    <Panel title={t('users.follow.messages.title')} lead={t('users.follow.messages.lead')}>
      <Entries
        query={{ ...query, data: query.data?.entries }}
        none={t('users.follow.messages.none')}
        keyOf={({ id }) => id}
        title={({ id, createdAt, usageType, outcome }) => (
          <Group gap="xs">
            <PageLink to="/messages/$id" params={{ id }} underline="always">
              <TimeText at={createdAt} />
            </PageLink>
            <span>{usageName(t, usageType)}</span>
            <OutcomeText outcome={outcome} />
          </Group>
        )}
        text={(message) => wordsOf(t, message)}
      />
      {(query.data?.total ?? 0) > shownAtOnce && (
        <PageLink to="/messages" search={{ userId: user.id }} underline="always" size="sm">
          {t('users.follow.messages.all')}
        </PageLink>
      )}
    </Panel>
  );
}

/** The provider's own words and its code for them, or else ours. */
function wordsOf(t: TFunction, message: Message): string {
  const { providerMessage, message: ours, providerCode, code } = failureOf(message);
  return [providerMessage ?? ours, providerCode ?? (code && errorWords(t, code))].filter(Boolean).join(' · ');
}
