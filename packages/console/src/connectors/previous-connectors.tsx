import { Badge, Button, Card, Group, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Connector, connectorsKey, forgetConnector, previousConnectorsQuery } from '../api/connectors.ts';
import { useConnectorText } from '../i18n/use-connector-text.ts';
import { Allowed } from '../session/role.tsx';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { formatTime } from '../shell/format-time.ts';
import { tellSuccess } from '../shell/notices.ts';
import { ConnectorLogo } from './connector-logo.tsx';
import classes from './connectors-page.module.css';
import { OriginText } from './origin-text.tsx';
import { RestoreDialog } from './restore-dialog.tsx';

type Asked = { about: Connector; deed: 'restore' | 'forget' };

/** The configurations that were alive before, each of which can be put back. */
export function PreviousConnectors({ all }: { all: readonly Connector[] }) {
  const { t, i18n } = useTranslation();
  const { data: previous, error, refetch } = useQuery(previousConnectorsQuery);
  const [asked, setAsked] = useState<Asked>();
  const textOf = useConnectorText();
  if (error && !previous) return <ErrorNotice error={error} onRetry={refetch} />;
  if (!previous || previous.length === 0) return null;
  return (
    <section aria-labelledby="previous">
      <Title order={2} size="h4" id="previous">
        {t('connectors.previous.title')}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t('connectors.previous.lead')}
      </Text>
      <Card withBorder padding={0} component="ul" m={0} style={{ listStyle: 'none' }}>
        {previous.map((connector) => {
          const { name } = textOf(connector);
          return (
            <li key={connector.id} className={classes.row}>
              <ConnectorLogo of={connector} size={36} />
              <div className={classes.what}>
                <Group gap="xs">
                  <Text fw={600}>{name}</Text>
                  <Badge color="gray" variant="light">
                    {t('connectors.previous.notInUse')}
                  </Badge>
                  {connector.origin === 'not-installed' && <OriginText of={connector} />}
                </Group>
                <Text size="sm" c="dimmed">
                  {t('connectors.previous.changed', { time: formatTime(connector.updatedAt, i18n.language) })}
                </Text>
              </div>
              <Allowed as="operator">
                <Group gap="xs">
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={t('connectors.previous.restoreOne', { name })}
                    onClick={() => setAsked({ about: connector, deed: 'restore' })}
                  >
                    {t('connectors.previous.restore')}
                  </Button>
                  <Button
                    size="xs"
                    variant="subtle"
                    color="red"
                    aria-label={t('connectors.previous.forgetOne', { name })}
                    onClick={() => setAsked({ about: connector, deed: 'forget' })}
                  >
                    {t('connectors.previous.forget')}
                  </Button>
                </Group>
              </Allowed>
            </li>
          );
        })}
      </Card>
      {asked?.deed === 'restore' && (
        <RestoreDialog connector={asked.about} live={liveOf(all, asked.about)} onClose={() => setAsked(undefined)} />
      )}
      {asked?.deed === 'forget' && <ForgetDialog connector={asked.about} onClose={() => setAsked(undefined)} />}
    </section>
  );
}

const liveOf = (all: readonly Connector[], { type }: Connector) =>
  all.find((one) => one.type === type && one.state === 'live') ?? null;

function ForgetDialog({ connector, onClose }: { connector: Connector; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { name } = useConnectorText()(connector);
  const forgetting = useMutation({
    mutationFn: () => forgetConnector(connector.id),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: connectorsKey });
      tellSuccess(t('connectors.previous.forgotten', { name }));
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={t('connectors.previous.forgetTitle', { name })}
      confirm={t('connectors.previous.forget')}
      isDangerous
      isPending={forgetting.isPending}
      error={forgetting.error}
      onConfirm={() => forgetting.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{t('connectors.previous.forgetText')}</Text>
    </ConfirmDialog>
  );
}
