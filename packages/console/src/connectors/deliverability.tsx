import { Badge, Button, Code, Group, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, unwrap } from '../api/client.ts';
import { connectorsKey } from '../api/connectors.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { StepCard } from './step-card.tsx';

const parts = ['spf', 'dkim', 'dmarc', 'mx'] as const;
const colors = { pass: 'green', warn: 'yellow', missing: 'red', invalid: 'red', unknown: 'gray' } as const;

/** What DNS says of the sender of a connector's mails, when it is asked. */
export function Deliverability({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: [...connectorsKey, 'deliverability', id],
    queryFn: () => unwrap(api.GET('/api/connectors/{id}/deliverability', { params: { path: { id }, query: {} } })),
    enabled: false,
  });
  return (
    <StepCard title={t('connectors.deliverability.title')}>
      <Stack gap="sm">
        <Text size="sm">{t('connectors.deliverability.lead')}</Text>
        <Group>
          <Button variant="default" loading={isFetching} onClick={() => void refetch()}>
            {t('connectors.deliverability.look')}
          </Button>
          {data?.domain && <Code>{data.domain}</Code>}
        </Group>
        {error && <ErrorNotice error={error} onRetry={refetch} />}
        {data && (
          <Table>
            <Table.Tbody>
              {parts.map((part) => (
                <Table.Tr key={part}>
                  <Table.Th scope="row">{part.toUpperCase()}</Table.Th>
                  <Table.Td>
                    <Badge variant="dot" color={colors[data[part].state]}>
                      {t(`connectors.deliverability.state.${data[part].state}`)}
                    </Badge>
                  </Table.Td>
                  <Table.Td>
                    <Stack gap={4}>
                      {data[part].state === 'missing' && (
                        <Text size="sm">{t(`connectors.deliverability.missing.${part}`)}</Text>
                      )}
                      {data[part].codes.map((code) => (
                        <Text key={code} size="sm">
                          {t(`connectors.deliverability.code.${code}`)}
                        </Text>
                      ))}
                      {recordIn(data[part]) && <Code style={{ overflowWrap: 'anywhere' }}>{recordIn(data[part])}</Code>}
                    </Stack>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Stack>
    </StepCard>
  );
}

const recordIn = (part: object) => ('record' in part && typeof part.record === 'string' ? part.record : null);
