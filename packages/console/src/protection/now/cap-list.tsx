import { Badge, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Happening } from '../../api/protection.ts';
import { Panel } from '../../forms/panel.tsx';
import { countryName } from '../../lists/countries.ts';
import { moneyText } from '../../lists/money-text.ts';
import { TimeText } from '../../lists/time-text.tsx';

type Cap = Happening['caps'][number];
const colours = { ok: 'green', warning: 'orange', full: 'red' } as const;

/** How much of each cap is used up. */
export function CapList({ caps }: { caps: readonly Cap[] }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('protection.caps.now')} lead={t('protection.caps.nowLead')}>
      <Stack gap="sm">
        {caps.map((cap) => (
          <CapUse key={`${cap.period}/${cap.country}`} cap={cap} />
        ))}
      </Stack>
    </Panel>
  );
}

function CapUse({ cap }: { cap: Cap }) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 0 });
  const { period, country, messages, maxMessages, cost, maxCost, share, state, endsAt } = cap;
  const used = percent.format(Math.min(1, share));
  const uses = [
    ...(maxMessages === null
      ? []
      : [t('protection.caps.messagesOf', { used: number.format(messages), most: number.format(maxMessages) })]),
    ...(maxCost === null
      ? []
      : [
          t('protection.caps.costOf', {
            used: moneyText(cost, i18n.language),
            most: moneyText(maxCost, i18n.language),
          }),
        ]),
  ];
  return (
    <Group gap="xs" justify="space-between">
      <div>
        <Text size="sm" fw={600}>
          {t(`protection.caps.in.${period}`)} ·{' '}
          {country === null ? t('protection.caps.allCountries') : countryName(country, i18n.language)}
        </Text>
        <Text size="sm" c="dimmed">
          {uses.join(' · ')} · {t('protection.caps.ends')} <TimeText at={endsAt} />
        </Text>
      </div>
      <Badge color={colours[state]} variant="outline">
        {state === 'ok' ? used : t(`protection.caps.state.${state}`, { share: used })}
      </Badge>
    </Group>
  );
}
