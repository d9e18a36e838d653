import type { TFunction } from 'i18next';
import type { Issue } from '../../api/api-error.ts';
import { countriesOf, type FraudPolicy, type FraudPolicyChange, isServed, type Prices } from '../../api/protection.ts';
import type { paths } from '../../api/schema.d.ts';
import { countryCodes } from '../../lists/countries.ts';

/** The caps, as the API calls them. */
export const caps = [
  'maxMessagesPerHour',
  'maxMessagesPerDay',
  'maxMessagesPerMonth',
  'maxCostPerHour',
  'maxCostPerDay',
  'maxCostPerMonth',
] as const;
export type CapName = (typeof caps)[number];
/** What is typed into the fields of caps; nothing for no cap. */
export type CapValues = Record<CapName, number | string>;

/** What the form holds. */
export type PolicyValues = {
  mode: FraudPolicy['mode'];
  served: string[];
  caps: CapValues;
  perCountry: { countries: string[]; caps: CapValues }[];
  currency: string;
  factor: number | string;
  ownPrices: { country: string; price: number | string }[];
  ownFactors: { connector: string; factor: number | string }[];
};

/** What is stored. */
export type Stored = { policy: FraudPolicy; prices: Prices };
type PricesChange = NonNullable<paths['/api/protection/prices']['patch']['requestBody']>['content']['application/json'];

const capValuesOf = (amounts: Partial<Record<CapName, number | null>>) =>
  Object.fromEntries(caps.map((name) => [name, amounts[name] ?? ''])) as CapValues;

/** Where there are no caps yet. */
export const noCaps: CapValues = capValuesOf({});

const capAmountsOf = (values: CapValues) =>
  Object.fromEntries(caps.map((name) => [name, values[name] === '' ? null : Number(values[name])])) as Record<
    CapName,
    number | null
  >;

/** What the form starts from. */
export const valuesOf = ({ policy, prices }: Stored): PolicyValues => ({
  mode: policy.mode,
  served: countryCodes.filter((country) => isServed(policy, country)),
  caps: capValuesOf(policy),
  perCountry: policy.perCountry.map(({ countries, ...amounts }) => ({
    countries: [...countries],
    caps: capValuesOf(amounts),
  })),
  currency: prices.currency,
  factor: prices.factor,
  ownPrices: Object.entries(prices.countries).map(([country, price]) => ({ country, price })),
  ownFactors: Object.entries(prices.connectors).map(([connector, factor]) => ({ connector, factor })),
});

/** What is sent of the policy. */
export const policyOf = ({ mode, served, caps: amounts, perCountry }: PolicyValues): FraudPolicyChange => ({
  mode,
  countries: countriesOf(served, countryCodes),
  ...capAmountsOf(amounts),
  perCountry: perCountry.map(({ countries, caps: own }) => ({
    countries: countries as FraudPolicy['perCountry'][number]['countries'],
    ...capAmountsOf(own),
  })),
});

/** What is sent of the prices. */
export const pricesOf = ({ currency, factor, ownPrices, ownFactors }: PolicyValues): PricesChange => ({
  currency: currency.trim().toUpperCase(),
  factor: Number(factor),
  countries: Object.fromEntries(ownPrices.map(({ country, price }) => [country, Number(price)])),
  connectors: Object.fromEntries(ownFactors.map(({ connector, factor: own }) => [connector, Number(own)])),
});

/** What the Console can tell by itself of values that the server refuses, at the field where they were typed. */
export function problemsIn(t: TFunction, values: PolicyValues): Issue[] {
  const isPositive = (value: number | string) => value !== '' && Number(value) > 0;
  const wrongCaps = (path: string, typed: CapValues) =>
    caps
      .filter((name) => typed[name] !== '' && !isPositive(typed[name]))
      .map((name) => ({ path: `${path}.${name}`, message: t('protection.caps.wrong') }));
  const named = values.perCountry.flatMap(({ countries }) => countries);
  const isTwice = (countries: readonly string[]) =>
    countries.some((country) => named.filter((each) => each === country).length > 1);
  return [
    ...wrongCaps('caps', values.caps),
    ...values.perCountry.flatMap(({ countries, caps: own }, index) => [
      ...wrongCaps(`perCountry.${index}`, own),
      ...(countries.length === 0 || isTwice(countries)
        ? [
            {
              path: `perCountry.${index}.countries`,
              message: t(countries.length === 0 ? 'protection.caps.noCountry' : 'protection.caps.twice'),
            },
          ]
        : []),
    ]),
    ...(/^[a-z]{3}$/i.test(values.currency.trim())
      ? []
      : [{ path: 'currency', message: t('protection.prices.wrongCurrency') }]),
    ...(isPositive(values.factor) ? [] : [{ path: 'factor', message: t('protection.prices.wrongFactor') }]),
  ];
}
