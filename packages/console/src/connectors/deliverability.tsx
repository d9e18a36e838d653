import { Badge, Button, Code, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, unwrap } from '../api/client.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { StepCard } from './step-card.tsx';
import type { DraftState } from './use-draft.ts';

const parts = ['spf', 'dkim', 'dmarc', 'mx'] as const;
const colors = { pass: 'green', warn: 'yellow', missing: 'red', invalid: 'red', unknown: 'gray' } as const;

type Props = { factoryId: string; state: DraftState };

/**
 * What DNS says of the sender of mails as it stands in the form, saved or not, when it is asked. Where the key of DKIM is
 * stands in no record and, at most providers, in no configuration: who looks has to say it.
 */
export function Deliverability({ factoryId, state }: Props) {
  const { t } = useTranslation();
  const [selector, setSelector] = useState('');
  const { data, error, isPending, mutate } = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/connectors/{factoryId}/deliverability', {
          params: { path: { factoryId } },
          body: { config: state.config(), ...(selector.trim() !== '' && { selector: selector.trim() }) },
        }),
      ),
  });
  const look = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <StepCard title={t('connectors.deliverability.title')}>
      <Stack gap="sm">
        <Text size="sm">{t('connectors.deliverability.lead')}</Text>
        <form onSubmit={look}>
          <Stack gap="sm">
            <TextInput
              label={t('connectors.deliverability.selector')}
              description={t('connectors.deliverability.selectorHint')}
              maw="24rem"
              maxLength={63}
              autoComplete="off"
              spellCheck={false}
              value={selector}
              onChange={(event) => setSelector(event.currentTarget.value)}
            />
            <Group>
              <Button type="submit" variant="default" loading={isPending}>
                {t('connectors.deliverability.look')}
              </Button>
              {data?.domain && <Code>{data.domain}</Code>}
            </Group>
          </Stack>
        </form>
        {error && <ErrorNotice error={error} onRetry={mutate} />}
        {data && (
          <Stack component="dl" gap="sm" m={0}>
            {parts.map((part) => (
              <div key={part}>
                <Group component="dt" gap="xs">
                  <Text span size="sm" fw={600}>
                    {part.toUpperCase()}
                  </Text>
                  <Badge variant="dot" color={colors[data[part].state]}>
                    {t(`connectors.deliverability.state.${data[part].state}`)}
                  </Badge>
                </Group>
                <Stack component="dd" gap={4} m={0} mt={4}>
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
              </div>
            ))}
          </Stack>
        )}
      </Stack>
    </StepCard>
  );
}

const recordIn = (part: object) => ('record' in part && typeof part.record === 'string' ? part.record : null);
