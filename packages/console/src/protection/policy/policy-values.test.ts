import { expect, test } from 'vitest';
import type { FraudPolicy, Prices } from '../../api/protection.ts';
import { countryCodes } from '../../lists/countries.ts';
import { policyOf, pricesOf, problemsIn, valuesOf } from './policy-values.ts';

const none = { prefixes: [], networks: [] };
const policy: FraudPolicy = {
  mode: 'enforce',
  countries: { mode: 'allow', list: ['DE', 'AT'] },
  budgets: {},
  maxMessagesPerHour: 100,
  maxMessagesPerDay: null,
  maxMessagesPerMonth: null,
  maxCostPerHour: null,
  maxCostPerDay: 20.5,
  maxCostPerMonth: null,
  perCountry: [{ countries: ['CH'], maxCostPerDay: 3 }],
  always: none,
  never: none,
};
const prices: Prices = {
  currency: 'EUR',
  factor: 0.9,
  countries: { DE: 0.05 },
  connectors: { 'twilio-short-message-service': 0.8 },
  list: { source: '', date: '', currency: 'USD' },
  prices: [],
};

test('what is stored is sent as it was where nothing is changed', () => {
  const values = valuesOf({ policy, prices });
  expect(policyOf(values)).toMatchObject({
    mode: 'enforce',
    countries: { mode: 'allow', list: ['AT', 'DE'] },
    ...{ maxMessagesPerHour: 100, maxMessagesPerDay: null, maxCostPerDay: 20.5 },
    perCountry: [{ countries: ['CH'], maxCostPerDay: 3, maxCostPerMonth: null }],
  });
  const { currency, factor, countries, connectors } = prices;
  expect(pricesOf(values)).toEqual({ currency, factor, countries, connectors });
});

test('where most countries are served, those are listed that are not', () => {
  const served = countryCodes.filter((country) => country !== 'ID');
  const values = { ...valuesOf({ policy, prices }), served };
  expect(policyOf(values).countries).toEqual({ mode: 'deny', list: ['ID'] });
});

test('what the server would refuse is told at its field', () => {
  const values = valuesOf({ policy, prices });
  const name = ((key: string) => key) as never;
  expect(problemsIn(name, values)).toEqual([]);
  const wrong = problemsIn(name, {
    ...values,
    caps: { ...values.caps, maxCostPerDay: 0 },
    perCountry: [
      { countries: ['CH'], caps: values.caps },
      { countries: ['CH', 'LI'], caps: values.caps },
      { countries: [], caps: values.caps },
    ],
    currency: 'euro',
    factor: '',
  });
  expect(wrong.map(({ path }) => path)).toEqual([
    'caps.maxCostPerDay',
    'perCountry.0.countries',
    'perCountry.1.countries',
    'perCountry.2.countries',
    'currency',
    'factor',
  ]);
});
