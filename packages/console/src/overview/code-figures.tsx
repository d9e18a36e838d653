import { useTranslation } from 'react-i18next';
import { usageName } from '../i18n/usage-text.ts';
import { ColumnChart } from '../lists/column-chart.tsx';
import { countryName } from '../lists/countries.ts';
import { EmptyState } from '../lists/empty-state.tsx';
import { PageLink } from '../shell/links.tsx';
import { Card } from './card.tsx';
import { everyDay, everyHour } from './figures.ts';
import { FunnelBars } from './funnel-bars.tsx';
import { FunnelTable } from './funnel-table.tsx';
import type { Figures } from './overview-api.ts';
import { ReasonsTable } from './reasons-table.tsx';

/**
 * How far messages came in a period: in all, by hour or day, why some did not, by channel, by country and by usage
 * type.
 */
export function CodeFigures({ data }: { data: Figures }) {
  const { t, i18n } = useTranslation();
  if (data.total.requested === 0) return <NoFigures />;
  const { from, until } = data;
  return (
    <>
      <FunnelBars funnel={data.total} />
      <CodesChart data={data} />
      <ReasonsTable days={data.days} />
      {data.byChannel.length > 1 && (
        <Card title={t('overview.figures.byChannel')}>
          <FunnelTable
            title={t('overview.figures.byChannel')}
            about={t('messages.column.channel')}
            rows={data.byChannel.map((row) => ({
              ...row,
              id: row.channel,
              name: (
                <PageLink to="/messages" search={{ channel: row.channel, tests: 'false', from, until }} inherit>
                  {t(`messages.channel.${row.channel}`)}
                </PageLink>
              ),
            }))}
          />
        </Card>
      )}
      {data.byCountry.length > 0 && (
        <Card title={t('overview.figures.byCountry')}>
          <FunnelTable
            title={t('overview.figures.byCountry')}
            few={10}
            about={t('overview.figures.country')}
            rows={data.byCountry.map((row) => ({
              ...row,
              id: row.country ?? '',
              name: row.country ? (
                <PageLink to="/messages" search={{ country: row.country, tests: 'false', from, until }} inherit>
                  {countryName(row.country, i18n.language)}
                </PageLink>
              ) : (
                t('lists.noCountry')
              ),
            }))}
          />
        </Card>
      )}
      <Card title={t('overview.figures.byUsageType')}>
        <FunnelTable
          title={t('overview.figures.byUsageType')}
          about={t('overview.figures.usageType')}
          rows={data.byUsageType.map((row) => ({
            ...row,
            id: row.usageType,
            name: (
              <PageLink to="/messages" search={{ usageType: row.usageType, tests: 'false', from, until }} inherit>
                {usageName(t, row.usageType)}
              </PageLink>
            ),
          }))}
        />
      </Card>
    </>
  );
}

function CodesChart({ data }: { data: Figures }) {
  const { t, i18n } = useTranslation();
  const isByHour = data.days === 1;
  const unit = isByHour ? 'hour' : 'day';
  // Where clocks are half an hour off, so are the hours.
  const minute = new Date(data.from).getMinutes() === 0 ? undefined : '2-digit';
  const format = new Intl.DateTimeFormat(
    i18n.language,
    isByHour ? { hour: 'numeric', ...(minute && { minute }) } : { month: 'short', day: 'numeric' },
  );
  const times = (isByHour ? everyHour(data) : everyDay(data)).map((each) => ({
    ...each,
    name: format.format(each.at),
  }));
  const title = t(isByHour ? 'overview.figures.byHour' : 'overview.figures.byDay');
  return (
    <ColumnChart
      title={title}
      series={[
        { name: t('overview.stage.requested'), of: 'whole' },
        { name: t('overview.stage.verified'), of: 'part' },
      ]}
      columns={times.map(({ name, requested, verified }) => ({ name, values: [requested, verified] }))}
      label={(drawn) => t(`overview.figures.chart.${unit}`, drawn)}
      table={
        <FunnelTable
          title={title}
          about={t(`overview.figures.${unit}`)}
          rows={times.toReversed().map((each) => ({ ...each, id: String(each.at) }))}
        />
      }
    />
  );
}

function NoFigures() {
  const { t } = useTranslation();
  return (
    <EmptyState title={t('overview.figures.empty.title')} text={t('overview.figures.empty.text')}>
      <PageLink to="/messages">{t('overview.figures.empty.next')}</PageLink>
    </EmptyState>
  );
}
