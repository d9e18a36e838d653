import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconSearch } from '../shell/icons.tsx';
import classes from './filters.module.css';
import { IconFilter } from './list-icons.tsx';
import { isFiltered, type ListSearch, typedText } from './list-search.ts';
import { TimeFilter } from './time-filter.tsx';

/** A filter of a list; what it changes in the address is merged with what is there. */
export type Filter =
  | { name: string; label: string; options: readonly { value: string; label: string }[] }
  | {
      name: string;
      label: string;
      placeholder?: string;
      problem?: string | undefined;
      /** What the field shows, and what becomes of what is typed; by default the value of its name. */
      value?: string | undefined;
      change?: (typed: string) => object;
    };

type Props = {
  filters: readonly Filter[];
  search: ListSearch;
  onChange: (change: object, isTyped?: boolean) => void;
  onClear: () => void;
  /** How often they were cleared: what stands in a field, and is not in the address yet, goes as well. */
  clearings: number;
};

/** How long a person has to pause before it is searched, in milliseconds. */
const pauseMs = 300;

/** The filters of a list; on a narrow screen behind a button. */
export function Filters({ filters, search, onChange, onClear, clearings }: Props) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const values = search as Record<string, string | undefined>;
  const anything = isFiltered(search);
  return (
    <>
      <Button
        hiddenFrom="sm"
        variant="default"
        leftSection={<IconFilter size={16} />}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
        style={{ alignSelf: 'flex-start' }}
      >
        {t(anything ? 'lists.filtered' : 'lists.filters')}
      </Button>
      <section id={id} aria-label={t('lists.filters')} className={classes.filters} data-open={isOpen}>
        {filters.map((filter) =>
          'options' in filter ? (
            <NativeSelect
              key={filter.name}
              label={filter.label}
              value={values[filter.name] ?? ''}
              data={[{ value: '', label: t('lists.all') }, ...withChosen(filter.options, values[filter.name])]}
              onChange={(event) => onChange({ [filter.name]: event.currentTarget.value || undefined })}
              className={classes.field}
            />
          ) : (
            <TextFilter
              key={`${filter.name} ${clearings}`}
              {...filter}
              value={filter.value ?? values[filter.name] ?? ''}
              onType={(typed) => onChange(filter.change?.(typed) ?? { [filter.name]: typed || undefined }, true)}
            />
          ),
        )}
        <TimeFilter key={clearings} search={search} onChange={onChange} className={classes.field ?? ''} />
        {anything && (
          <Button variant="subtle" onClick={onClear} className={classes.clear}>
            {t('lists.clear')}
          </Button>
        )}
      </section>
    </>
  );
}

/** What is filtered by always shows, also where it is not among what there is to choose. */
const withChosen = (options: readonly { value: string; label: string }[], chosen: string | undefined) =>
  chosen === undefined || options.some(({ value }) => value === chosen)
    ? options
    : [...options, { value: chosen, label: chosen }];

type TextProps = {
  label: string;
  placeholder?: string;
  problem?: string | undefined;
  value: string;
  onType: (typed: string) => void;
};

/** Searches by itself; follows the address when that changes, unless something is typed that is not in it yet. */
function TextFilter({ label, placeholder, problem, value, onType }: TextProps) {
  const [text, setText] = useState(value);
  const typeSoon = useDebouncedCallback((typed: string) => onType(typedText(typed)), pauseMs);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed is only overwritten by a change of the address
  useEffect(() => {
    if (!typeSoon.isPending()) setText((current) => (typedText(current) === value ? current : value));
  }, [value]);
  return (
    <TextInput
      type="search"
      label={label}
      {...(placeholder !== undefined && { placeholder })}
      error={problem}
      leftSection={<IconSearch size={16} />}
      autoComplete="off"
      maxLength={256}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        typeSoon(event.currentTarget.value);
      }}
      className={classes.field}
    />
  );
}
