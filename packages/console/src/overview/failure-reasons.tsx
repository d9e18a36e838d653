import { Paper, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { adviceFor, failureOf } from '../messages/failure.ts';
import { FailureWords } from '../messages/failure-words.tsx';
import { useConnectorNames } from '../messages/use-connector-names.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { PageLink } from '../shell/links.tsx';
import classes from './figures-table.module.css';
import { failureReasonsQuery, type UntakenReason } from './overview-api.ts';
import type { Period } from './periods.ts';

/** Why messages of a period did not arrive, each reason with its messages; nothing where all of them did. */
export default function FailureReasons({ days }: { days: Period }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(failureReasonsQuery(days));
  if (error) return <ErrorNotice error={error} onRetry={refetch} />;
  if (!data || data.reasons.length === 0) return null;
  return (
    <Paper withBorder p="lg" radius="md">
      <Text component="h3" fw={650} mb="sm">
        {t('overview.reasons.title')}
      </Text>
      <Table aria-label={t('overview.reasons.title')} className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('overview.reasons.reason')}</Table.Th>
            <Table.Th scope="col" className={classes.requested}>
              {t('overview.reasons.messages')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.reasons.map((reason) => (
            <Reason
              key={JSON.stringify([reason.outcome, reason.error, reason.last])}
              reason={reason}
              from={data.from}
            />
          ))}
        </Table.Tbody>
      </Table>
      {data.isMore && (
        <Text size="xs" c="dimmed" mt="sm">
          {t('overview.reasons.newest')}
        </Text>
      )}
    </Paper>
  );
}

function Reason({ reason, from }: { reason: UntakenReason; from: number }) {
  const { t, i18n } = useTranslation();
  const { nameOf } = useConnectorNames();
  const { outcome, connectorFactoryId, messages } = reason;
  const failure = failureOf(reason);
  const advice = adviceFor({ state: outcome, error: reason.error }) ?? 'other';
  const name = connectorFactoryId === null ? undefined : nameOf(connectorFactoryId);
  const code = [name, failure.providerCode].filter(Boolean).join(' ');
  const search = {
    outcome,
    from,
    ...(failure.code !== undefined && { error: failure.code }),
    ...(connectorFactoryId !== null && { connector: connectorFactoryId }),
  };
  return (
    <Table.Tr>
      <Table.Th scope="row">
        <Text size="sm" fw={600}>
          {t(`messages.advice.${advice}.title`)}
        </Text>
        {code !== '' && (
          <Text size="xs" c="dimmed">
            {code}
          </Text>
        )}
        <FailureWords failure={failure} factoryId={connectorFactoryId} />
      </Table.Th>
      <Table.Td className={classes.requested}>
        <PageLink to="/messages" search={search} size="sm">
          {new Intl.NumberFormat(i18n.language).format(messages)}
        </PageLink>
      </Table.Td>
    </Table.Tr>
  );
}
