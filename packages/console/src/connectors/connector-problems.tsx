import { Alert, Code, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { connectorProblemsQuery } from '../api/connectors.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { IconAlertTriangle } from '../shell/icons.tsx';
import { PageLink } from '../shell/links.tsx';

/** The installed connectors that cannot be used, each with the reason; nothing while all can. */
export function ConnectorProblems() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(connectorProblemsQuery);
  if (error && !data) return <ErrorNotice error={error} onRetry={refetch} />;
  if (!data || data.length === 0) return null;
  return (
    <Alert variant="outline" color="orange" icon={<IconAlertTriangle />} title={t('connectors.problems.title')}>
      <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {data.map(({ package: name, version, location, reason }) => (
          <li key={`${location}/${name}`}>
            <Code>{[name, version].filter(Boolean).join(' ')}</Code>{' '}
            <Text span size="sm" style={{ overflowWrap: 'anywhere' }}>
              {reason}
            </Text>
          </li>
        ))}
      </Stack>
      <Text size="sm" mt="xs">
        {t('connectors.problems.next')}{' '}
        <PageLink to="/connectors/create-your-own" underline="always">
          {t('connectors.problems.guide')}
        </PageLink>
      </Text>
    </Alert>
  );
}
