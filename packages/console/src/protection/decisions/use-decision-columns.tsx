import { Badge, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type FraudPolicy, isServed } from '../../api/protection.ts';
import type { paths } from '../../api/schema.d.ts';
import { countryName } from '../../lists/countries.ts';
import type { ListColumn } from '../../lists/long-list.tsx';
import { reasonText } from '../../lists/reason-text.ts';
import { ServeCountryButton } from '../../lists/serve-country-button.tsx';
import { TimeText } from '../../lists/time-text.tsx';
import { useMay } from '../../session/role.tsx';
import { AllowButton } from './allow-button.tsx';

/** A decision other than to let a send go. */
export type Decision =
  paths['/api/protection/decisions']['get']['responses'][200]['content']['application/json'][number];

/** The columns of the list of decisions, with the two ways to change what comes next. */
export function useDecisionColumns(policy: FraudPolicy | undefined): ListColumn<Decision>[] {
  const { t, i18n } = useTranslation();
  const isChangeable = useMay('operator');
  return [
    {
      name: 'time',
      isOrder: true,
      title: t('protection.column.time'),
      value: ({ at }) => <TimeText at={at} />,
    },
    {
      name: 'recipient',
      title: t('protection.column.number'),
      value: ({ recipient }) => recipient,
      below: ({ range, country }) => (
        <Text size="sm" c="dimmed">
          {[range && `${range}…`, country && countryName(country, i18n.language)].filter(Boolean).join(' · ')}
        </Text>
      ),
    },
    {
      name: 'decision',
      title: t('protection.column.decision'),
      value: ({ decision, isEnforced, times }) => (
        <Badge
          color={!isEnforced ? 'gray' : decision === 'refuse' ? 'red' : 'orange'}
          variant="outline"
          miw="max-content"
        >
          {t(`protection.decisions.${isEnforced ? 'kind' : 'would'}.${decision}`)}
          {times > 1 && ` × ${times.toLocaleString(i18n.language)}`}
        </Badge>
      ),
    },
    {
      name: 'reasons',
      title: t('protection.column.reasons'),
      value: ({ reasons }) => (
        <Stack gap={2}>
          {reasons.map((reason) => (
            <Text key={`${reason.rule} ${reason.scope}`} size="sm">
              {reasonText(t, reason, i18n.language)}
            </Text>
          ))}
        </Stack>
      ),
      breaksWords: true,
    },
    { name: 'network', title: t('protection.column.network'), value: ({ network }) => network ?? '–', isExtra: true },
    ...(isChangeable
      ? [
          {
            name: 'action',
            title: t('protection.column.action'),
            value: ({ range, country }: Decision) => (
              <Group gap="xs">
                {range !== null && (
                  <AllowButton range={range} isAllowed={policy?.always.prefixes.includes(range) === true} />
                )}
                {country !== null && policy && (
                  <ServeCountryButton country={country} isServed={isServed(policy, country)} />
                )}
              </Group>
            ),
          },
        ]
      : []),
  ];
}
