import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Prices, pricesQuery } from '../api/protection.ts';
import { countryCodes, countryName } from '../lists/countries.ts';
import { countryGroups } from '../lists/country-groups.ts';
import { moneyText } from '../lists/money-text.ts';
import classes from './country-choice.module.css';

type Props = {
  value: readonly string[];
  onChange: (countries: string[]) => void;
  error?: string | undefined;
  /** The first field, to go to where something is wrong. */
  fieldRef?: Ref<HTMLInputElement>;
};

/** The countries that codes by SMS are sent to, in groups, with what one costs. */
export function CountryChoice({ value, onChange, error, fieldRef }: Props) {
  const { t, i18n } = useTranslation();
  const [search, setSearch] = useState('');
  const { data: prices } = useQuery(pricesQuery);
  const chosen = new Set(value);
  const words = search.trim().toLowerCase();
  const isFound = (code: string) =>
    words === '' ||
    `${code} ${countryName(code, i18n.language)} ${countryName(code, 'en')}`.toLowerCase().includes(words);
  const set = (codes: readonly string[], isChosen: boolean) => {
    const rest = value.filter((code) => !codes.includes(code));
    onChange(isChosen ? [...rest, ...codes] : rest);
  };
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="end">
        <TextInput
          ref={fieldRef}
          type="search"
          label={t('protection.countries.search')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          flex="1 1 14rem"
          maw="24rem"
        />
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={() => onChange([...countryCodes])}>
            {t('protection.countries.all')}
          </Button>
          <Button size="xs" variant="default" onClick={() => onChange([])}>
            {t('protection.countries.none')}
          </Button>
        </Group>
      </Group>
      <Text size="sm" role="status" c={error ? 'red' : 'dimmed'}>
        {error ?? t('protection.countries.count', { count: chosen.size })}
      </Text>
      {!countryCodes.some(isFound) && <Text role="status">{t('protection.countries.noneFound')}</Text>}
      {countryGroups.map(({ name, codes }) => {
        const found = codes.filter(isFound);
        if (found.length === 0) return null;
        return (
          <ChoiceOfGroup
            key={name}
            title={t(`protection.countries.groups.${name}`)}
            codes={found}
            chosen={chosen}
            prices={prices}
            isOpen={words !== ''}
            onSet={set}
          />
        );
      })}
    </Stack>
  );
}

type GroupProps = {
  title: string;
  codes: readonly string[];
  chosen: ReadonlySet<string>;
  prices: Prices | undefined;
  isOpen: boolean;
  onSet: (codes: readonly string[], isChosen: boolean) => void;
};

function ChoiceOfGroup({ title, codes, chosen, prices, isOpen, onSet }: GroupProps) {
  const { t, i18n } = useTranslation();
  const [isShown, setShown] = useState(false);
  const count = codes.filter((code) => chosen.has(code)).length;
  const priceOf = new Map(prices?.prices.map(({ country, price }) => [country, price]));
  const text = (price: number) =>
    moneyText({ amount: String(price), currency: prices?.currency ?? 'USD' }, i18n.language, 'price');
  const costs = codes.flatMap((code) => priceOf.get(code) ?? []);
  const named = codes
    .map((code) => ({ code, name: countryName(code, i18n.language) }))
    .toSorted((one, other) => one.name.localeCompare(other.name, i18n.language));
  return (
    <div className={classes.group}>
      <div className={classes.head}>
        <Checkbox
          label={t('protection.countries.group', { title, chosen: count, count: codes.length })}
          checked={count === codes.length}
          indeterminate={count > 0 && count < codes.length}
          onChange={(event) => onSet(codes, event.currentTarget.checked)}
        />
        {costs.length > 0 && (
          <Text size="sm" c="dimmed" ta="end">
            {t('protection.countries.priceRange', { from: text(Math.min(...costs)), to: text(Math.max(...costs)) })}
          </Text>
        )}
      </div>
      <details
        className={classes.details}
        open={isOpen || isShown}
        onToggle={(event) => setShown(event.currentTarget.open)}
      >
        <summary>{t('protection.countries.each')}</summary>
        {(isOpen || isShown) && (
          <div className={classes.countries}>
            {named.map(({ code, name }) => (
              <Checkbox
                key={code}
                label={name}
                description={priceOf.has(code) ? text(priceOf.get(code) ?? 0) : undefined}
                checked={chosen.has(code)}
                onChange={(event) => onSet([code], event.currentTarget.checked)}
              />
            ))}
          </div>
        )}
      </details>
    </div>
  );
}
