import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { shareText } from '../lists/share-text.ts';
import { FiguresTable } from './figures-table.tsx';
import type { Funnel } from './overview-api.ts';

type Props = {
  title: string;
  about: string;
  rows: readonly (Funnel & { id: string; name: ReactNode })[];
  /** So many rows are shown at first; by default all. */
  few?: number;
};

/** How far messages came, a row for each day, country or usage type. */
export function FunnelTable({ title, about, rows, ...more }: Props) {
  const { t, i18n } = useTranslation();
  const conversion = ({ requested, verified }: Funnel) =>
    requested === 0 ? '–' : shareText(verified / requested, i18n.language);
  return (
    <FiguresTable
      title={title}
      about={about}
      {...more}
      columns={[
        { name: t('overview.stage.requested'), isWide: true },
        { name: t('overview.stage.sent') },
        { name: t('overview.stage.delivered'), isWide: true },
        { name: t('overview.stage.verified') },
        { name: t('overview.stage.failed') },
        { name: t('overview.stage.conversion') },
      ]}
      rows={rows.map((row) => ({
        id: row.id,
        name: row.name,
        values: [row.requested, row.sent, row.delivered, row.verified, row.failed, conversion(row)],
      }))}
    />
  );
}
