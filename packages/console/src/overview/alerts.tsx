import { Alert as Notice, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { countryName } from '../lists/countries.ts';
import { TimeText } from '../lists/time-text.tsx';
import { Allowed } from '../session/role.tsx';
import { IconAlertTriangle } from '../shell/icons.tsx';
import { PageLink } from '../shell/links.tsx';
import { type Alert, alertsQuery } from './overview-api.ts';

/** What somebody has to look after beside connectors that are refused; nothing while there is nothing. */
export default function Alerts() {
  const { data = [] } = useQuery(alertsQuery);
  return data.map((alert) => <OneAlert key={alert.id} alert={alert} />);
}

function OneAlert({ alert }: { alert: Alert }) {
  const { t, i18n } = useTranslation();
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 0 });
  switch (alert.kind) {
    case 'connector':
      return null;
    case 'country': {
      const { country, dropped, since } = alert;
      const name = countryName(country, i18n.language);
      return (
        <Told
          title={t('overview.alerts.country', { country: name })}
          text={t('overview.alerts.countryText')}
          since={since}
        >
          {dropped.map((part) => (
            <Text size="sm" key={part}>
              {t(`overview.alerts.${part}`, {
                now: percent.format(alert[part].now.share),
                usual: percent.format(alert[part].usual.share),
                count: alert[part].now.sent,
              })}
            </Text>
          ))}
          <PageLink to="/messages" search={{ country, since: 'day' }} size="sm">
            {t('overview.failing.messagesLink')}
          </PageLink>
        </Told>
      );
    }
    case 'backlog':
      return (
        <Told
          title={t('overview.alerts.backlog', { count: alert.waiting })}
          text={t('overview.alerts.backlogText')}
          since={alert.since}
        />
      );
    case 'webhook':
      return (
        <Told
          title={t('overview.alerts.webhook', { name: alert.name, count: alert.waiting + alert.givenUp })}
          text={[
            t(alert.enabled ? 'overview.alerts.webhookText' : 'overview.alerts.webhookOff'),
            ...(alert.givenUp > 0 ? [t('overview.alerts.webhookGivenUp', { count: alert.givenUp })] : []),
          ].join(' ')}
          since={alert.since}
        >
          <Allowed as="operator">
            <PageLink to="/webhooks/$id" params={{ id: alert.hookId }} size="sm">
              {t('overview.alerts.webhookLink')}
            </PageLink>
          </Allowed>
        </Told>
      );
  }
}

type Props = { title: string; text: string; since: number; children?: ReactNode };

/** What is wrong, since when, and what to do. */
function Told({ title, text, since, children }: Props) {
  const { t } = useTranslation();
  return (
    <Notice role="alert" color="red" variant="outline" icon={<IconAlertTriangle />} title={title}>
      <Stack gap="xs">
        <Text size="sm" fw={600}>
          {t('overview.alerts.since')} <TimeText at={since} />
        </Text>
        <Text size="sm">{text}</Text>
        {children}
      </Stack>
    </Notice>
  );
}
