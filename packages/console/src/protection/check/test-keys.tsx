import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { testCheck } from './check-api.ts';
import { type CheckValues, toConfig } from './check-values.ts';

/** Asks the provider whether it takes the keys, which need not be saved. */
export function TestKeys({ values }: { values: CheckValues }) {
  const { t } = useTranslation();
  const asked = JSON.stringify(toConfig(values));
  const testing = useMutation({
    mutationFn: async () => ({ asked, ...(await testCheck(toConfig(values))) }),
  });
  if (values.config.type === 'Altcha') return null;
  // What was found out is about the keys as they were.
  const found = testing.data?.asked === asked ? testing.data : undefined;
  return (
    <Stack gap="xs" maw="32rem">
      <Group>
        <Button variant="default" loading={testing.isPending} onClick={() => testing.mutate()}>
          {t('protection.check.test')}
        </Button>
      </Group>
      {testing.error && !testing.isPending && <ErrorNotice error={testing.error} />}
      {found && (
        <Alert role="status" variant="outline" color={found.outcome === 'works' ? 'green' : 'red'}>
          <Text size="sm">{t(`protection.check.outcomes.${found.outcome}`)}</Text>
          {found.detail && (
            <Text size="sm" c="dimmed" lang="en">
              {found.detail}
            </Text>
          )}
        </Alert>
      )}
    </Stack>
  );
}
