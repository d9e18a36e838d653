import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { setUpConnectorsQuery } from '../api/connectors.ts';
import { useConnectorText } from '../i18n/use-connector-text.ts';
import { EmptyState } from '../lists/empty-state.tsx';
import { PageLink } from '../shell/links.tsx';

/** The inbox is in use and has nothing yet. */
export function EmptyInbox() {
  const { t } = useTranslation();
  const { data: all } = useQuery(setUpConnectorsQuery);
  const live = all?.find(({ state, isDemo }) => state === 'live' && isDemo);
  return (
    <EmptyState title={t('developmentInbox.empty.title')} text={t('developmentInbox.empty.text')}>
      {live && (
        <PageLink to="/connectors/$id" params={{ id: live.id }}>
          {t('developmentInbox.empty.next')}
        </PageLink>
      )}
    </EmptyState>
  );
}

/** Messages go elsewhere, or nowhere. */
export function InboxNotInUse() {
  const { t } = useTranslation();
  const { data: all } = useQuery({ ...setUpConnectorsQuery, staleTime: 0 });
  const live = all && (all.find(({ state }) => state === 'live') ?? null);
  const textOf = useConnectorText();
  if (live === undefined) return null;
  if (live === null) {
    return (
      <EmptyState title={t('developmentInbox.noConnector.title')} text={t('developmentInbox.noConnector.text')}>
        <PageLink to="/connectors/choose">{t('developmentInbox.noConnector.next')}</PageLink>
      </EmptyState>
    );
  }
  const { name } = textOf(live);
  return (
    <EmptyState
      title={t('developmentInbox.otherLive.title', { name })}
      text={t('developmentInbox.otherLive.text', { name })}
    >
      <PageLink to="/messages">{t('developmentInbox.otherLive.messages')}</PageLink>
      <PageLink to="/connectors/$id" params={{ id: live.id }}>
        {t('developmentInbox.otherLive.connector', { name })}
      </PageLink>
    </EmptyState>
  );
}
