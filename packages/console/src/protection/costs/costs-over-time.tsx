import { useTranslation } from 'react-i18next';
import { ColumnChart } from '../../lists/column-chart.tsx';
import { moneyText } from '../../lists/money-text.ts';
import { type Arrivals, ArrivalTable } from './arrival-table.tsx';
import { amountIn, currenciesOf, everyDay, everyHour } from './cost-columns.ts';

type Props = { arrivals: Arrivals; isByHour: boolean };

/** What messages cost by the day or the hour: drawn, in a chart for each currency, and as a table with all figures. */
export function CostsOverTime({ arrivals, isByHour }: Props) {
  const { t, i18n } = useTranslation();
  const { byDay, byHour } = arrivals;
  const day = new Intl.DateTimeFormat(i18n.language, { month: 'short', day: 'numeric', timeZone: 'UTC' });
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeZone: 'UTC' });
  const hour = new Intl.DateTimeFormat(i18n.language, { hour: 'numeric' });
  const weekHour = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', hour: 'numeric' });
  const times = isByHour ? everyHour(arrivals, byHour) : everyDay(arrivals, byDay);
  const rows = isByHour
    ? byHour.map(({ hour: at, ...figures }) => ({ ...figures, id: String(at), name: weekHour.format(at) }))
    : byDay.map(({ day: on, ...figures }) => ({
        ...figures,
        id: on,
        name: date.format(Date.parse(on)).replaceAll(' ', '\u00a0'),
      }));
  const unit = isByHour ? 'hour' : 'day';
  const table = (
    <ArrivalTable
      title={t(isByHour ? 'protection.costs.byHour' : 'protection.costs.byDay')}
      about={t(`protection.costs.${unit}`)}
      rows={rows.toReversed()}
    />
  );
  return (
    <>
      {currenciesOf(times).map((currency) => {
        const title = t(`protection.costs.chart.${unit}`, { currency });
        const most = Math.max(...times.map((each) => amountIn(each, currency)));
        // Half of what the scale goes to may be less than a cent.
        const kind = most < 0.1 ? 'price' : 'sum';
        return (
          <ColumnChart
            key={currency}
            title={title}
            series={[{ name: t('protection.column.cost'), of: 'part' }]}
            columns={times.map((each) => ({
              name: (isByHour ? hour : day).format(each.at),
              values: [amountIn(each, currency)],
            }))}
            amountText={(value) => moneyText({ amount: String(value), currency }, i18n.language, kind)}
            label={(drawn) => t('protection.costs.chart.drawn', { title, ...drawn })}
          />
        );
      })}
      {table}
    </>
  );
}
