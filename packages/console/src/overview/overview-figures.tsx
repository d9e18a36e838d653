import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { CodeFigures } from './code-figures.tsx';
import { FiguresSection } from './figures-section.tsx';
import { figuresQuery, userFiguresQuery } from './overview-api.ts';
import { defaultPeriod, type Period, periods } from './periods.ts';
import { UserFigures } from './user-figures.tsx';

const route = getRouteApi('/signed-in/frame/overview');

/** The figures of a period: of codes, and of users. */
export default function OverviewFigures() {
  const { t } = useTranslation();
  const { days = defaultPeriod } = route.useSearch();
  const navigate = route.useNavigate();
  const codes = useQuery(figuresQuery(days));
  // Whoever is active in an hour says little; a week is shown beside the last 24 hours.
  const users = useQuery(userFiguresQuery(Math.max(7, days)));
  return (
    <>
      <FiguresSection
        title={t('overview.figures.title')}
        query={codes}
        beside={
          <NativeSelect
            label={t('overview.figures.period')}
            value={String(days)}
            data={periods.map((each) => ({
              value: String(each),
              label: each === 1 ? t('overview.figures.lastHours') : t('overview.figures.lastDays', { count: each }),
            }))}
            onChange={(event) => void navigate({ search: { days: Number(event.currentTarget.value) as Period } })}
          />
        }
      >
        {(data) => <CodeFigures data={data} />}
      </FiguresSection>
      <FiguresSection title={t('overview.users.title')} query={users}>
        {(data) => <UserFigures data={data} />}
      </FiguresSection>
    </>
  );
}
