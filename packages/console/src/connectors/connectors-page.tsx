import { Alert, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { setUpConnectorsQuery } from '../api/connectors.ts';
import { Allowed } from '../session/role.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { ButtonLink, PageLink } from '../shell/links.tsx';
import { PageHeading, PageTop } from '../shell/page-heading.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { type ChannelRow, channelRows, channelWords, readChannel } from './channel-rows.ts';
import { ConnectorProblems } from './connector-problems.tsx';
import { ConnectorRow } from './connector-row.tsx';
import classes from './connectors-page.module.css';
import { PreviousConnectors } from './previous-connectors.tsx';

/** Connectors: what is alive for SMS and for email, and what was before. */
export function ConnectorsPage() {
  const { t } = useTranslation();
  const { data: all, error, refetch } = useQuery(setUpConnectorsQuery);
  const demos = (all ?? []).filter(({ state, isDemo }) => state === 'live' && isDemo);
  return (
    <Stack gap="xl">
      <PageTop lead={t('connectors.lead')}>
        <PageHeading title={t('connectors.title')} />
      </PageTop>
      <section aria-labelledby="passwordless">
        <Title order={2} size="h4" id="passwordless" mb="sm">
          {t('connectors.section')}
        </Title>
        {all === undefined && error && <ErrorNotice error={error} onRetry={refetch} />}
        {all === undefined && !error && <PageSkeleton rows={2} />}
        {all !== undefined && (
          <Card withBorder padding={0}>
            {channelRows.map((row) => {
              const ofChannel = all.filter(({ type }) => type === row.channel);
              return ofChannel.length > 0 ? (
                ofChannel.map((connector) => <ConnectorRow key={connector.id} connector={connector} />)
              ) : (
                <UnsetRow key={row.channel} of={row} />
              );
            })}
          </Card>
        )}
        {all?.some(({ type }) => type === 'Email') && (
          <Text size="sm" mt="xs">
            <PageLink to="/connectors/email-templates">{t('connectors.emailTemplates.title')}</PageLink>
          </Text>
        )}
        {demos.map(({ id, type }) => (
          <Alert
            key={id}
            mt="md"
            variant="outline"
            color="indigo"
            title={t('connectors.demo.title', { context: type })}
          >
            <Group justify="space-between">
              <Text size="sm">{t('connectors.demo.text', { context: type })}</Text>
              <Allowed as="operator">
                <ButtonLink to="/connectors/choose" search={readChannel({ channel: type })} size="xs">
                  {t('connectors.demo.choose', { context: type })}
                </ButtonLink>
              </Allowed>
            </Group>
          </Alert>
        ))}
      </section>
      {all !== undefined && <PreviousConnectors all={all} />}
      <ConnectorProblems />
      <Outlet />
    </Stack>
  );
}

function UnsetRow({ of: row }: { of: ChannelRow }) {
  const { t } = useTranslation();
  const { text, Icon } = row;
  return (
    <div className={classes.row}>
      <Icon size={44} stroke={1.2} className={classes.icon} />
      <div className={classes.what}>
        <Text fw={600}>{t(`connectors.${text}.title`)}</Text>
        <Text size="sm" c="dimmed">
          {t(`connectors.${text}.unset`)}
        </Text>
      </div>
      <Allowed as="operator">
        <ButtonLink
          to="/connectors/choose"
          search={readChannel(row)}
          aria-label={t('connectors.setUpOne', channelWords(t, row.channel))}
        >
          {t('connectors.setUp')}
        </ButtonLink>
      </Allowed>
    </div>
  );
}
