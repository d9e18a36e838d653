import { Alert, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Happening, happeningQuery } from '../../api/protection.ts';
import { Panel } from '../../forms/panel.tsx';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { PageLink } from '../../shell/links.tsx';
import { PageSkeleton } from '../../shell/page-skeleton.tsx';
import { AttackList } from './attack-list.tsx';
import { CapList } from './cap-list.tsx';
import { CountryTable } from './country-table.tsx';

/** How far back, in hours. */
const periods = { hour: 1, day: 24, week: 168 } as const;

/** What goes on: attacks, what is spent, and each country. */
export function NowPage() {
  const { t } = useTranslation();
  const [hours, setHours] = useState(24);
  const { data, error, refetch } = useQuery(happeningQuery(hours));
  return (
    <Stack>
      {error && <ErrorNotice error={error} onRetry={refetch} />}
      {!error && !data && <PageSkeleton />}
      {data && <ModeNotice mode={data.mode} />}
      <AttackList />
      {data && data.caps.length > 0 && <CapList caps={data.caps} />}
      {data && (
        <Panel title={t('protection.now.title')} lead={t('protection.now.lead')}>
          <Group>
            <NativeSelect
              label={t('protection.now.period')}
              value={String(hours)}
              data={Object.entries(periods).map(([name, value]) => ({
                value: String(value),
                label: t(`protection.now.periods.${name as keyof typeof periods}`),
              }))}
              onChange={(event) => setHours(Number(event.currentTarget.value))}
            />
          </Group>
          <CountryTable countries={data.countries} />
        </Panel>
      )}
    </Stack>
  );
}

function ModeNotice({ mode }: Pick<Happening, 'mode'>) {
  const { t } = useTranslation();
  if (mode === 'enforce') return null;
  return (
    <Alert variant="outline" color={mode === 'off' ? 'orange' : 'indigo'} title={t(`protection.now.${mode}.title`)}>
      <Stack gap="xs">
        <Text size="sm">{t(`protection.now.${mode}.text`)}</Text>
        <PageLink to="/protection/policy" size="sm">
          {t('protection.now.toPolicy')}
        </PageLink>
      </Stack>
    </Alert>
  );
}
