import { Card, Group, Stack, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import guide from '../../../../docs/create-your-connector.md?raw';
import { PageLink } from '../shell/links.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import { channelRows } from './channel-rows.ts';
import { FeedbackLink } from './feedback-link.tsx';
import Readme from './readme.tsx';

const route = getRouteApi('/signed-in/frame/connectors/create-your-own');

/** How to send through a provider that is not in the list: over an endpoint of one's own, or with a new connector. */
export function CreateYourOwnPage() {
  const { t } = useTranslation();
  return (
    <Stack>
      <PageLink to="/connectors/choose" search={route.useSearch()} size="sm">
        {t('connectors.own.back')}
      </PageLink>
      <PageHeading title={t('connectors.own.title')} />
      <Text>{t('connectors.own.http')}</Text>
      <Group>
        {channelRows.map(({ channel, overHttp }) => (
          <PageLink
            key={channel}
            to="/connectors/set-up/$factoryId"
            params={{ factoryId: overHttp }}
            underline="always"
          >
            {t('connectors.own.httpLink', { context: channel })}
          </PageLink>
        ))}
      </Group>
      <FeedbackLink />
      <Text>{t('connectors.own.module')}</Text>
      <Card withBorder padding="lg">
        <Readme markdown={guide} language="en" />
      </Card>
    </Stack>
  );
}
