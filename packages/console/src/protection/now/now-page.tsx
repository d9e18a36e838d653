import { Alert, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Happening, happeningQuery } from '../../api/protection.ts';
import { Panel } from '../../forms/panel.tsx';
import { hourMs } from '../../lists/figure-period.ts';
import { periods } from '../../lists/list-search.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { PageLink } from '../../shell/links.tsx';
import { PageSkeleton } from '../../shell/page-skeleton.tsx';
import { AttackList } from './attack-list.tsx';
import { CapList } from './cap-list.tsx';
import { CountryTable } from './country-table.tsx';
import { type HappeningPeriod, happeningPeriods } from './happening-periods.ts';

const route = getRouteApi('/signed-in/frame/protection/');

/** What goes on: attacks, what is spent, and each country. */
export function NowPage() {
  const { t } = useTranslation();
  const { since = 'day' } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch } = useQuery(happeningQuery(periods[since] / hourMs));
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
              label={t('lists.period')}
              value={since}
              data={happeningPeriods.map((value) => ({ value, label: t(`lists.time.${value}`) }))}
              onChange={(event) => void navigate({ search: { since: event.currentTarget.value as HappeningPeriod } })}
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
