import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { figurePeriods, usualFigurePeriod } from '../lists/figure-period.ts';
import { PeriodSelect } from '../lists/period-select.tsx';
import { CodeFigures } from './code-figures.tsx';
import { FiguresSection } from './figures-section.tsx';
import { figuresQuery, userFiguresQuery } from './overview-api.ts';
import { UserFigures } from './user-figures.tsx';

const route = getRouteApi('/signed-in/frame/overview');

/** The figures of a period: of codes, and of users. */
export default function OverviewFigures() {
  const { t } = useTranslation();
  const { days = usualFigurePeriod } = route.useSearch();
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
          <PeriodSelect
            periods={figurePeriods}
            days={days}
            onChange={(next) => void navigate({ search: { days: next } })}
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
