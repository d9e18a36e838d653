import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ListSearch, type Period, periods } from './list-search.ts';

type Props = { search: ListSearch; onChange: (change: object) => void; className: string };

/** The time that a list is narrowed down to: so long back from now, or between two times. */
export function TimeFilter({ search, onChange, className }: Props) {
  const { t } = useTranslation();
  const { since, from, until } = search;
  const isGiven = from !== undefined || until !== undefined;
  const [isBetween, setBetween] = useState(false);
  const shown = since ?? (isBetween || isGiven ? 'between' : '');
  const choose = (value: string) => {
    setBetween(value === 'between');
    const none = { since: undefined, from: undefined, until: undefined };
    onChange(value === 'between' || value === '' ? none : { ...none, since: value });
  };
  const names = Object.keys(periods) as Period[];
  return (
    <>
      <NativeSelect
        label={t('lists.time.label')}
        value={shown}
        data={[
          { value: '', label: t('lists.time.any') },
          ...names.map((value) => ({ value, label: t(`lists.time.${value}`) })),
          { value: 'between', label: t('lists.time.between') },
        ]}
        onChange={(event) => choose(event.currentTarget.value)}
        className={className}
      />
      {shown === 'between' &&
        (['from', 'until'] as const).map((name) => (
          <TextInput
            key={name}
            type="datetime-local"
            label={t(`lists.time.${name}`)}
            defaultValue={localTimeOf(search[name])}
            onChange={(event) => {
              setBetween(true);
              const at = event.currentTarget.value ? Date.parse(event.currentTarget.value) : undefined;
              if (!Number.isNaN(at)) onChange({ since: undefined, [name]: at });
            }}
            className={className}
          />
        ))}
    </>
  );
}

/** As the field has it, in the time zone of the browser; to the minute. */
function localTimeOf(at: number | undefined): string {
  if (at === undefined) return '';
  return new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
