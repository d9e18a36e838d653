import { Badge, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Happening } from '../../api/protection.ts';
import type { Column } from '../../lists/column.ts';
import { countryName } from '../../lists/countries.ts';
import { ListTable } from '../../lists/list-table.tsx';
import { moneyList } from '../../lists/money-text.ts';
import { ServeCountryButton } from '../../lists/serve-country-button.tsx';
import { shareText } from '../../lists/share-text.ts';
import { useMay } from '../../session/role.tsx';

type Row = Happening['countries'][number] & { id: string };
const colours = { closed: 'gray', capped: 'red', attacked: 'red', guarded: 'orange', open: 'green' } as const;

/** Each country where something happened: what was stopped most comes first. */
export function CountryTable({ countries }: Pick<Happening, 'countries'>) {
  const { t } = useTranslation();
  const columns = useColumns();
  if (countries.length === 0) return <Text>{t('protection.now.nothing')}</Text>;
  const rows = countries.map((each) => ({ ...each, id: each.country ?? 'none' }));
  return <ListTable title={t('protection.now.title')} rows={rows} columns={columns} asCards />;
}

function useColumns(): Column<Row>[] {
  const { t, i18n } = useTranslation();
  const isChangeable = useMay('operator');
  const number = new Intl.NumberFormat(i18n.language);
  return [
    {
      name: 'country',
      title: t('protection.column.country'),
      value: ({ country }) => (country === null ? t('lists.noCountry') : countryName(country, i18n.language)),
    },
    {
      name: 'state',
      title: t('protection.column.state'),
      value: ({ state }) => (
        <Badge color={colours[state]} variant="outline" miw="max-content">
          {t(`protection.state.${state}`)}
        </Badge>
      ),
    },
    {
      name: 'stopped',
      title: t('protection.column.stopped'),
      value: ({ refused, checked, recorded }) =>
        recorded > 0
          ? t('protection.now.andRecorded', {
              stopped: number.format(refused + checked),
              recorded: number.format(recorded),
            })
          : number.format(refused + checked),
    },
    { name: 'sent', title: t('protection.column.sent'), value: ({ sent }) => number.format(sent) },
    {
      name: 'conversion',
      title: t('protection.column.conversion'),
      value: ({ conversion }) => (conversion === null ? '–' : shareText(conversion, i18n.language)),
    },
    {
      name: 'cost',
      title: t('protection.column.cost'),
      value: ({ costs }) => moneyList(costs, i18n.language),
    },
    {
      name: 'costPerVerified',
      title: t('protection.column.costPerVerified'),
      value: ({ costPerVerified }) => moneyList(costPerVerified, i18n.language, 'price'),
    },
    ...(isChangeable
      ? [
          {
            name: 'action',
            title: t('protection.column.action'),
            value: ({ country, state }: Row) =>
              country !== null && <ServeCountryButton country={country} isServed={state !== 'closed'} />,
          },
        ]
      : []),
  ];
}
