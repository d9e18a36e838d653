import { Alert, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Attack, attacksQuery, fraudPolicyQuery, isServed } from '../../api/protection.ts';
import { Panel } from '../../forms/panel.tsx';
import { listText } from '../../i18n/list-text.ts';
import { AttackWords, useAttackName } from '../../lists/attack-words.tsx';
import { ServeCountryButton } from '../../lists/serve-country-button.tsx';
import { TimeText } from '../../lists/time-text.tsx';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { IconAlertTriangle, IconShieldCheck } from '../../shell/icons.tsx';
import { ButtonLink } from '../../shell/links.tsx';

/** So many ranges and networks are named. */
const few = 4;

/** What was stopped, an entry for each attack: when, on what, and what it cost. */
export function AttackList() {
  const { t } = useTranslation();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(attacksQuery);
  const attacks = data?.pages.flatMap(({ entries }) => entries) ?? [];
  return (
    <Panel title={t('protection.attacks.title')} lead={t('protection.attacks.lead')}>
      {error && <ErrorNotice error={error} onRetry={refetch} />}
      {data && attacks.length === 0 && <Text>{t('protection.attacks.none')}</Text>}
      {attacks.map((attack) => (
        <AttackEntry key={attack.id} attack={attack} />
      ))}
      {hasNextPage && (
        <Group>
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('protection.attacks.more')}
          </Button>
        </Group>
      )}
    </Panel>
  );
}

function AttackEntry({ attack }: { attack: Attack }) {
  const { t, i18n } = useTranslation();
  const nameOf = useAttackName();
  const { country, beganAt, lastAt, isOver } = attack;
  const { data: policy } = useQuery(fraudPolicyQuery);
  const list = (names: readonly string[]) =>
    listText(i18n.language, [...names.slice(0, few), ...(names.length > few ? [t('protection.attacks.andMore')] : [])]);
  return (
    <Alert
      variant="outline"
      color={isOver ? 'gray' : 'red'}
      icon={isOver ? <IconShieldCheck /> : <IconAlertTriangle />}
      title={
        <Group gap="xs">
          <Text fw={650} c="var(--mantine-color-text)">
            {nameOf(attack)}
          </Text>
          <Badge color={isOver ? 'gray' : 'red'} variant="outline">
            {t(isOver ? 'protection.attacks.over' : 'protection.attacks.goesOn')}
          </Badge>
        </Group>
      }
    >
      <Stack gap="xs">
        <Text size="sm">
          <TimeText at={beganAt} /> – <TimeText at={lastAt} />
        </Text>
        <AttackWords attack={attack} />
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {t('protection.attacks.ranges', { list: list(attack.ranges.map(({ range }) => `${range}…`)) })}
        </Text>
        {attack.networks.length > 0 && (
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {t('protection.attacks.networks', { list: list(attack.networks.map(({ network }) => network)) })}
          </Text>
        )}
        <Group gap="xs">
          <ButtonLink
            size="xs"
            variant="default"
            to="/protection/decisions"
            search={{ from: beganAt, until: lastAt + 1, ...(country !== null && { country }) }}
          >
            {t('protection.attacks.decisions')}
          </ButtonLink>
          {country !== null && !isOver && policy && (
            <ServeCountryButton country={country} isServed={isServed(policy, country)} />
          )}
        </Group>
      </Stack>
    </Alert>
  );
}
