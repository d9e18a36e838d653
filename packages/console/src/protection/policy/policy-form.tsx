import { Button, Group, Radio, Stack } from '@mantine/core';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { refusedFields } from '../../api/api-error.ts';
import { api, unwrap } from '../../api/client.ts';
import { changeFraudPolicy, fraudPolicyQuery, pricesQuery, readPolicyAnew } from '../../api/protection.ts';
import { CountryChoice } from '../../forms/country-choice.tsx';
import { Panel } from '../../forms/panel.tsx';
import { SavedForm } from '../../forms/saved-form.tsx';
import { type FormState, useForm } from '../../forms/use-form.ts';
import { Allowed, Changeable } from '../../session/role.tsx';
import { CapInputs } from './cap-inputs.tsx';
import { CountryCaps } from './country-caps.tsx';
import { noCaps, type PolicyValues, policyOf, pricesOf, problemsIn, type Stored, valuesOf } from './policy-values.ts';
import { PriceInputs } from './price-inputs.tsx';
import { Simulator } from './simulator.tsx';

const modes = ['off', 'record', 'enforce'] as const;

/** The whole policy in one form: whether it holds, for which countries, up to which costs, and at which prices. */
export function PolicyForm({ stored }: { stored: Stored }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const form = useForm(valuesOf(stored));
  const { mode, served, caps, perCountry } = form.values;
  return (
    <SavedForm
      form={form}
      ownPath="/protection/policy"
      read={() => read(queries)}
      save={(merged) => save(t, merged)}
      valuesOf={valuesOf}
      onSaved={() => void readPolicyAnew(queries)}
    >
      <Panel title={t('protection.policy.mode')}>
        <Changeable as="operator">
          <Radio.Group
            aria-label={t('protection.policy.mode')}
            value={mode}
            onChange={(value) => form.change('mode', value as PolicyValues['mode'])}
          >
            <Stack gap="sm">
              {modes.map((each) => (
                <Radio
                  key={each}
                  value={each}
                  label={t(`protection.policy.modes.${each}`)}
                  description={t(`protection.policy.modes.${each}Help`)}
                />
              ))}
            </Stack>
          </Radio.Group>
        </Changeable>
      </Panel>
      <Panel title={t('protection.countries.title')} lead={t('protection.countries.lead')}>
        <Changeable as="operator">
          <CountryChoice value={served} onChange={(value) => form.change('served', value)} />
        </Changeable>
      </Panel>
      <Panel title={t('protection.caps.title')} lead={t('protection.caps.lead')}>
        <Changeable as="operator">
          <CapInputs
            label={t('protection.caps.allCountries')}
            path="caps"
            values={caps}
            problemOf={form.problemOf}
            onChange={(value) => form.change('caps', value)}
          />
          {perCountry.map((entry, index) => (
            <CountryCaps
              // biome-ignore lint/suspicious/noArrayIndexKey: entries have no name, and stay in their order
              key={index}
              path={`perCountry.${index}`}
              entry={entry}
              problemOf={form.problemOf}
              onChange={(next) => form.change('perCountry', perCountry.with(index, next))}
              onDelete={() => form.change('perCountry', perCountry.toSpliced(index, 1))}
            />
          ))}
          <Group>
            <Button
              variant="default"
              onClick={() => form.change('perCountry', [...perCountry, { countries: [], caps: noCaps }])}
            >
              {t('protection.caps.add')}
            </Button>
          </Group>
        </Changeable>
      </Panel>
      <Panel title={t('protection.prices.title')} lead={t('protection.prices.lead', { date: stored.prices.list.date })}>
        <Changeable as="operator">
          <PriceInputs form={form} />
        </Changeable>
      </Panel>
      <Allowed as="operator">
        <Simulator policy={policyOf(form.values)} />
      </Allowed>
    </SavedForm>
  );
}

async function read(queries: QueryClient): Promise<Stored> {
  const [{ fraudPolicy: policy }, prices] = await Promise.all([
    queries.fetchQuery({ ...fraudPolicyQuery, staleTime: 0 }),
    queries.fetchQuery({ ...pricesQuery, staleTime: 0 }),
  ]);
  return { policy, prices };
}

/** Only what was changed is sent, and nothing that would be refused. @throws ApiError with the fields at fault */
async function save(
  t: TFunction,
  { start, values }: Pick<FormState<PolicyValues>, 'start' | 'values'>,
): Promise<Stored> {
  const problems = problemsIn(t, values);
  if (problems.length > 0) throw refusedFields(problems);
  const isSame = (one: object, other: object) => JSON.stringify(one) === JSON.stringify(other);
  const change = isSame(pricesOf(start), pricesOf(values)) ? {} : pricesOf(values);
  const prices = await unwrap(api.PATCH('/api/protection/prices', { body: change }));
  const policy = await changeFraudPolicy(isSame(policyOf(start), policyOf(values)) ? {} : policyOf(values));
  return { policy, prices };
}
