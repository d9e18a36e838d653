import { Alert, Button, Group, Text } from '@mantine/core';
import type { Channel } from '@sesame/connector-kit';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ofChannel } from '../i18n/of-channel.ts';
import { Allowed } from '../session/role.tsx';
import { experienceQuery, signsInBy } from './experience-api.ts';
import { useEnableCodes } from './use-enable-codes.ts';

/** Offers to let codes of a channel sign people in; nothing where they do. */
export function EnableCodesNotice({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const { data } = useQuery(experienceQuery);
  if (!data || signsInBy(channel, data)) return null;
  return (
    <Alert variant="outline" color="indigo" title={t('signInExperience.enableCodes.title', ofChannel(channel))}>
      <Group justify="space-between">
        <Text size="sm" flex="1 1 16rem">
          {t('signInExperience.enableCodes.text', ofChannel(channel))}
        </Text>
        <EnableCodesButton channel={channel} />
      </Group>
    </Alert>
  );
}

/** Lets codes of a channel sign people in. */
export function EnableCodesButton({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const enabling = useEnableCodes(channel);
  return (
    <Allowed as="operator">
      <Button size="xs" loading={enabling.isPending} onClick={() => enabling.mutate()}>
        {t('signInExperience.enableCodes.button', ofChannel(channel))}
      </Button>
    </Allowed>
  );
}
