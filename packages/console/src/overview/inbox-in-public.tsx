import { Alert, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { setUpConnectorsQuery } from '../api/connectors.ts';
import { ofChannel } from '../i18n/of-channel.ts';
import { Allowed } from '../session/role.tsx';
import { IconAlertTriangle } from '../shell/icons.tsx';
import { PageLink } from '../shell/links.tsx';
import { publicInboxes } from './public-inboxes.ts';

/** That codes reach nobody on a server that others can reach, as its start warns of too. */
export default function InboxInPublic() {
  const { t } = useTranslation();
  const { data = [] } = useQuery(setUpConnectorsQuery);
  return publicInboxes(data, window.location).map((channel) => (
    <Alert
      key={channel}
      role="alert"
      color="red"
      variant="outline"
      icon={<IconAlertTriangle />}
      title={t('overview.inboxInPublic.title', ofChannel(channel))}
    >
      <Stack gap="xs">
        <Text size="sm">{t('overview.inboxInPublic.text', ofChannel(channel))}</Text>
        <Allowed as="operator">
          <PageLink to="/connectors/choose" search={channel === 'Email' ? { channel } : {}} size="sm">
            {t('overview.steps.connectorNext')}
          </PageLink>
        </Allowed>
      </Stack>
    </Alert>
  ));
}
