import { Alert, Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Allowed } from '../session/role.tsx';
import { experienceQuery, signsInBySms } from './experience-api.ts';
import { useEnableSms } from './use-enable-sms.ts';

/** Offers to let codes by SMS sign people in; nothing where they do. */
export function EnableSmsNotice() {
  const { t } = useTranslation();
  const { data } = useQuery(experienceQuery);
  const enabling = useEnableSms();
  if (!data || signsInBySms(data)) return null;
  return (
    <Alert variant="outline" color="indigo" title={t('signInExperience.enableSms.title')}>
      <Group justify="space-between">
        <Text size="sm" flex="1 1 16rem">
          {t('signInExperience.enableSms.text')}
        </Text>
        <Allowed as="operator">
          <Button size="xs" loading={enabling.isPending} onClick={() => enabling.mutate()}>
            {t('signInExperience.enableSms.button')}
          </Button>
        </Allowed>
      </Group>
    </Alert>
  );
}
