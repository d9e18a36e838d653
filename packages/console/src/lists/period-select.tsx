import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isOffWholeHours } from './figure-period.ts';

type Props<Days extends number> = { periods: readonly Days[]; days: Days; onChange: (days: Days) => void };

/** The choice of the period that figures are of, in days. */
export function PeriodSelect<Days extends number>({ periods, days, onChange }: Props<Days>) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={t('lists.period')}
      description={days > 1 && isOffWholeHours(Date.now()) ? t('lists.wholeHours') : undefined}
      maw="14rem"
      value={String(days)}
      data={periods.map((each) => ({
        value: String(each),
        label: each === 1 ? t('lists.time.day') : t('lists.lastDays', { count: each }),
      }))}
      onChange={(event) => onChange(Number(event.currentTarget.value) as Days)}
    />
  );
}
