import { Code, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ofChannel } from '../i18n/of-channel.ts';
import { adviceFor, failureOf } from '../messages/failure.ts';
import { FailureWords } from '../messages/failure-words.tsx';
import { failureKinds, type MessageSearch, none } from '../messages/message-search.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { PageLink } from '../shell/links.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { useConnectorNames } from '../shell/use-connector-names.ts';
import { Card } from './card.tsx';
import { FiguresTable } from './figures-table.tsx';
import { type Reason, reasonsQuery } from './overview-api.ts';

/** Why messages of a period did not get through, the most frequent reason first; each leads to its messages. */
export function ReasonsTable({ days }: { days: number }) {
  const { t, i18n } = useTranslation();
  const { nameOf } = useConnectorNames();
  const number = new Intl.NumberFormat(i18n.language);
  const title = t('overview.reasons.title');
  const { data, error, refetch } = useQuery(reasonsQuery(days));
  if (error) return <ErrorNotice error={error} onRetry={refetch} />;
  if (!data) return <PageSkeleton rows={1} />;
  const { reasons, isMore, from, until } = data;
  return (
    <Card title={title}>
      {reasons.length === 0 ? (
        <Text size="sm">{t('overview.reasons.none')}</Text>
      ) : (
        <FiguresTable
          title={title}
          about={t('overview.reasons.reason')}
          columns={[{ name: t('messages.column.connector'), isWide: true }, { name: t('overview.reasons.messages') }]}
          rows={reasons.map((reason) => ({
            id: JSON.stringify([reason.outcome, reason.connectorFactoryId, reason.error]),
            name: <Why reason={reason} />,
            values: [
              reason.connectorFactoryId === null ? t('messages.none') : nameOf(reason.connectorFactoryId),
              <PageLink
                key="messages"
                to="/messages"
                search={searchOf(reason, { from, until })}
                inherit
                aria-label={t('overview.reasons.link', { count: reason.messages })}
              >
                {number.format(reason.messages)}
              </PageLink>,
            ],
          }))}
        />
      )}
      {isMore && (
        <Text size="xs" c="dimmed" mt="sm">
          {t('overview.reasons.most', { count: reasons.length })}
        </Text>
      )}
    </Card>
  );
}

function Why({ reason }: { reason: Reason }) {
  const { t } = useTranslation();
  const { known } = useConnectorNames();
  const { outcome, error, connectorFactoryId } = reason;
  const channel = known.find(({ id }) => id === connectorFactoryId)?.channel ?? 'Sms';
  const advice = adviceFor({ state: outcome, error }) ?? 'other';
  const { providerCode } = error;
  return (
    <>
      <Text size="sm" fw={600}>
        {t(`messages.advice.${advice}.title`, ofChannel(channel))}
        {providerCode !== undefined && (
          <>
            {' '}
            <Code>{providerCode}</Code>
          </>
        )}
      </Text>
      <FailureWords failure={failureOf({ error })} factoryId={connectorFactoryId} />
    </>
  );
}

const searchOf = (
  { outcome, connectorFactoryId, error: { code, kind, providerCode } }: Reason,
  { from, until }: { from: number; until: number },
): MessageSearch => {
  const known = kind === undefined ? none : failureKinds.find((each) => each === kind);
  return {
    outcome,
    from,
    until,
    tests: 'false',
    error: code ?? none,
    ...(known && { kind: known }),
    providerCode: providerCode ?? none,
    connector: connectorFactoryId ?? none,
  };
};
