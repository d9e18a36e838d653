import { NativeSelect, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ListSearch, type Period, periods } from './list-search.ts';

type Props = { search: ListSearch; onChange: (change: object, isTyped?: boolean) => void; className: string };

/** The time that a list is narrowed down to: so long back from now, or between two times. */
export function TimeFilter({ search, onChange, className }: Props) {
  const { t } = useTranslation();
  const { since, from, until } = search;
  const isGiven = from !== undefined || until !== undefined;
  const isReversed = from !== undefined && until !== undefined && until <= from;
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
          <TimeField
            key={name}
            label={t(`lists.time.${name}`)}
            at={search[name]}
            problem={name === 'until' && isReversed ? t('lists.time.reversed') : undefined}
            onType={(at) => {
              setBetween(true);
              onChange({ since: undefined, [name]: at }, true);
            }}
            className={className}
          />
        ))}
    </>
  );
}

type FieldProps = {
  label: string;
  /** Milliseconds since the epoch. */
  at: number | undefined;
  problem: string | undefined;
  onType: (at: number | undefined) => void;
  className: string;
};

/** A time; follows the address when that changes, unless somebody is typing. */
function TimeField({ label, at, problem, onType, className }: FieldProps) {
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(localTimeOf(at));
  useEffect(() => {
    if (document.activeElement !== field.current) setText(localTimeOf(at));
  }, [at]);
  return (
    <TextInput
      ref={field}
      type="datetime-local"
      label={label}
      value={text}
      error={problem}
      onChange={({ currentTarget: { value } }) => {
        setText(value);
        const typed = value ? Date.parse(value) : undefined;
        if (!Number.isNaN(typed)) onType(typed);
      }}
      className={className}
    />
  );
}

/** As the field has it, in the time zone of the browser; to the minute. */
function localTimeOf(at: number | undefined): string {
  if (at === undefined) return '';
  return new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
