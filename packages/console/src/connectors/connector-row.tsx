import { Badge, Group, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Connector, deliveryQuery } from '../api/connectors.ts';
import { useConnectorText } from '../i18n/use-connector-text.ts';
import { shareText } from '../lists/share-text.ts';
import { SuccessText } from '../lists/success-text.tsx';
import { TimeText } from '../lists/time-text.tsx';
import { Allowed } from '../session/role.tsx';
import { ButtonLink, PageLink } from '../shell/links.tsx';
import { rowOf } from './channel-rows.ts';
import { ConnectorLogo } from './connector-logo.tsx';
import classes from './connectors-page.module.css';
import { OriginText } from './origin-text.tsx';

/** A connector that is alive, and how sending goes, or one that waits for its configuration. */
export function ConnectorRow({ connector }: { connector: Connector }) {
  const { t } = useTranslation();
  const { name } = useConnectorText()(connector);
  const isLive = connector.state === 'live';
  const { text } = rowOf(connector.type);
  const kind = isLive ? t(`connectors.${text}.type`) : t('connectors.unconfigured.text');
  return (
    <div className={classes.row}>
      <ConnectorLogo of={connector} size={44} />
      <div className={classes.what}>
        <Group gap="xs">
          <PageLink to="/connectors/$id" params={{ id: connector.id }} fw={600}>
            {name}
          </PageLink>
          <Badge color={isLive ? 'green' : 'orange'} variant="light">
            {t(isLive ? 'connectors.inUse' : 'connectors.unconfigured.title')}
          </Badge>
          <OriginText of={connector} />
        </Group>
        <Text size="sm" c="dimmed">
          {connector.origin === 'not-installed' ? t('connectors.origin.gone') : kind}
        </Text>
      </div>
      {isLive ? (
        <DeliveryFacts connector={connector} />
      ) : (
        <Allowed as="operator">
          <ButtonLink to="/connectors/$id" params={{ id: connector.id }}>
            {t('connectors.setUp')}
          </ButtonLink>
        </Allowed>
      )}
    </div>
  );
}

function DeliveryFacts({ connector }: { connector: Connector }) {
  const { t, i18n } = useTranslation();
  const { data, isError } = useQuery(deliveryQuery(connector));
  if (isError) return <Text size="sm">{t('connectors.delivery.unknown')}</Text>;
  if (!data) return <Skeleton width={220} height={36} />;
  const { last, total, succeeded } = data;
  const share = shareText(succeeded / total, i18n.language);
  return (
    <dl className={classes.facts}>
      <div>
        <dt>{t('connectors.delivery.last')}</dt>
        <dd>{last ? <TimeText at={last.createdAt} /> : t('connectors.delivery.none')}</dd>
      </div>
      <div>
        <dt>{t('connectors.delivery.day')}</dt>
        <dd>
          <SuccessText succeeded={succeeded} total={total}>
            {total === 0 ? t('connectors.delivery.none') : t('connectors.delivery.share', { share, total })}
          </SuccessText>
        </dd>
      </div>
    </dl>
  );
}
