import { Card, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import guide from '../../../../docs/create-your-connector.md?raw';
import { PageLink } from '../shell/links.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import { FeedbackLink } from './feedback-link.tsx';
import Readme from './readme.tsx';

/** How to send through a provider that is not in the list: over an endpoint of one's own, or with a new connector. */
export function CreateYourOwnPage() {
  const { t } = useTranslation();
  return (
    <Stack>
      <PageLink to="/connectors/choose" size="sm">
        {t('connectors.own.back')}
      </PageLink>
      <PageHeading title={t('connectors.own.title')} />
      <Text>
        {t('connectors.own.http')}{' '}
        <PageLink to="/connectors/set-up/$factoryId" params={{ factoryId: 'http-sms' }} underline="always">
          {t('connectors.own.httpLink')}
        </PageLink>
      </Text>
      <FeedbackLink />
      <Text>{t('connectors.own.module')}</Text>
      <Card withBorder padding="lg">
        <Readme markdown={guide} language="en" />
      </Card>
    </Stack>
  );
}
