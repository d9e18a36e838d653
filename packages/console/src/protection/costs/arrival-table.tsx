import { useTranslation } from 'react-i18next';
import type { paths } from '../../api/schema.d.ts';
import { Panel } from '../../forms/panel.tsx';
import type { Column } from '../../lists/column.ts';
import { ListTable } from '../../lists/list-table.tsx';
import { moneyList } from '../../lists/money-text.ts';
import { shareText } from '../../lists/share-text.ts';

export type Arrivals = paths['/api/dashboard/arrivals']['get']['responses'][200]['content']['application/json'];
type Row = Arrivals['total'] & { id: string; name: string };

type Props = {
  title: string;
  lead?: string;
  /** What the rows are about. */
  about: string;
  rows: readonly Row[];
};

/** How messages arrived, how long that took and what it cost, a row for each of what they are told by. */
export function ArrivalTable({ title, lead, about, rows }: Props) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  const rounded = new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const share = (part: number, whole: number) =>
    whole === 0 ? number.format(part) : `${number.format(part)}\u00a0(${shareText(part / whole, i18n.language)})`;
  const seconds = ({ median, p90 }: Row['secondsToDelivered']) =>
    median === null || p90 === null
      ? '–'
      : t('protection.costs.seconds', { median: rounded.format(median), p90: rounded.format(p90) });
  const columns: Column<Row>[] = [
    { name: 'name', title: about, value: ({ name }) => name },
    { name: 'sent', title: t('protection.column.sent'), value: ({ sent }) => number.format(sent) },
    {
      name: 'claimed',
      title: t('protection.costs.claimed'),
      value: ({ claimed, sent }) => share(claimed, sent),
    },
    {
      name: 'verified',
      title: t('protection.costs.verified'),
      value: ({ verified, sent }) => share(verified, sent),
    },
    {
      name: 'secondsToDelivered',
      title: t('protection.costs.secondsToDelivered'),
      value: ({ secondsToDelivered }) => seconds(secondsToDelivered),
    },
    {
      name: 'secondsToVerified',
      title: t('protection.costs.secondsToVerified'),
      value: ({ secondsToVerified }) => seconds(secondsToVerified),
    },
    { name: 'parts', title: t('protection.costs.parts'), value: ({ parts }) => number.format(parts) },
    { name: 'cost', title: t('protection.column.cost'), value: ({ costs }) => moneyList(costs, i18n.language) },
    {
      name: 'costPerVerified',
      title: t('protection.column.costPerVerified'),
      value: ({ costPerVerified }) => moneyList(costPerVerified, i18n.language, 'price'),
    },
  ];
  return (
    <Panel title={title} lead={lead}>
      <ListTable title={title} rows={rows} columns={columns} asCards />
    </Panel>
  );
}
