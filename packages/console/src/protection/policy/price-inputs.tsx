import { Button, Group, NativeSelect, NumberInput, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { factoriesQuery } from '../../api/connectors.ts';
import type { FormState } from '../../forms/use-form.ts';
import { useConnectorText } from '../../i18n/use-connector-text.ts';
import type { PolicyValues } from './policy-values.ts';
import { useCountryOptions } from './use-country-options.ts';

/** The currency and the factor of the list, and what differs from it for a country or a connector. */
export function PriceInputs({ form }: { form: FormState<PolicyValues> }) {
  const { t } = useTranslation();
  const { currency, factor, ownPrices, ownFactors } = form.values;
  const countries = useCountryOptions();
  const textOf = useConnectorText();
  const { data: factories = [] } = useQuery(factoriesQuery);
  const connectors = factories
    .filter(({ type }) => type === 'Sms')
    .map((factory) => ({ value: factory.id, label: textOf(factory).name }));
  const unpriced = countries.find(({ value }) => ownPrices.every(({ country }) => country !== value));
  const unrated = connectors.find(({ value }) => ownFactors.every(({ connector }) => connector !== value));
  return (
    <>
      <Group align="flex-end">
        <TextInput
          label={t('protection.prices.currency')}
          description={t('protection.prices.currencyHelp')}
          maw="14rem"
          maxLength={3}
          value={currency}
          error={form.problemOf('currency')}
          onChange={(event) => form.change('currency', event.currentTarget.value)}
        />
        <NumberInput
          label={t('protection.prices.factor')}
          description={t('protection.prices.factorHelp')}
          flex="1 1 16rem"
          maw="28rem"
          allowNegative={false}
          hideControls
          value={factor}
          error={form.problemOf('factor')}
          onChange={(value) => form.change('factor', value)}
        />
      </Group>
      <Stack gap="xs">
        {ownPrices.map(({ country, price }, index) => (
          <Row
            key={country}
            label={t('protection.column.country')}
            options={countries.filter(
              ({ value }) => value === country || ownPrices.every((own) => own.country !== value),
            )}
            name={country}
            onName={(value) => form.change('ownPrices', ownPrices.with(index, { country: value, price }))}
            amountLabel={t('protection.prices.price', { currency })}
            amount={price}
            onAmount={(value) => form.change('ownPrices', ownPrices.with(index, { country, price: value }))}
            onDelete={() => form.change('ownPrices', ownPrices.toSpliced(index, 1))}
          />
        ))}
        {ownFactors.map(({ connector, factor: own }, index) => (
          <Row
            key={connector}
            label={t('protection.prices.connector')}
            options={connectors.filter(
              ({ value }) => value === connector || ownFactors.every((each) => each.connector !== value),
            )}
            name={connector}
            onName={(value) => form.change('ownFactors', ownFactors.with(index, { connector: value, factor: own }))}
            amountLabel={t('protection.prices.ownFactor')}
            amount={own}
            onAmount={(value) => form.change('ownFactors', ownFactors.with(index, { connector, factor: value }))}
            onDelete={() => form.change('ownFactors', ownFactors.toSpliced(index, 1))}
          />
        ))}
        <Group gap="xs">
          {unpriced && (
            <Button
              variant="default"
              onClick={() => form.change('ownPrices', [...ownPrices, { country: unpriced.value, price: 0.05 }])}
            >
              {t('protection.prices.addCountry')}
            </Button>
          )}
          {unrated && (
            <Button
              variant="default"
              onClick={() => form.change('ownFactors', [...ownFactors, { connector: unrated.value, factor: 1 }])}
            >
              {t('protection.prices.addConnector')}
            </Button>
          )}
        </Group>
      </Stack>
    </>
  );
}

type RowProps = {
  label: string;
  options: { value: string; label: string }[];
  name: string;
  onName: (name: string) => void;
  amountLabel: string;
  amount: number | string;
  onAmount: (amount: number | string) => void;
  onDelete: () => void;
};

function Row({ label, options, name, onName, amountLabel, amount, onAmount, onDelete }: RowProps) {
  const { t } = useTranslation();
  return (
    <Group align="flex-end" gap="xs">
      <NativeSelect
        label={label}
        data={options}
        value={name}
        flex="1 1 12rem"
        maw="20rem"
        onChange={(event) => onName(event.currentTarget.value)}
      />
      <NumberInput
        label={amountLabel}
        allowNegative={false}
        hideControls
        maw="12rem"
        value={amount}
        onChange={onAmount}
      />
      <Button variant="default" onClick={onDelete}>
        {t('protection.prices.delete')}
      </Button>
    </Group>
  );
}
