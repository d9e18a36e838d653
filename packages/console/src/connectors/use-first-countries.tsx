import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, unwrap } from '../api/client.ts';
import type { Connector, Factory } from '../api/connectors.ts';
import { changeFraudPolicy, countriesOf, fraudPolicyQuery, protectionKey, readPolicyAnew } from '../api/protection.ts';
import { CountryChoice } from '../forms/country-choice.tsx';
import { countryCodes } from '../lists/countries.ts';
import { useFailureNotice } from '../shell/notices.ts';
import { StepCard } from './step-card.tsx';

/** The countries where somebody typed a code in lately. */
const earlierQuery = {
  queryKey: [protectionKey, 'earlier-countries'],
  queryFn: async () => {
    const { byCountry } = await unwrap(api.GET('/api/protection/costs', { params: { query: {} } }));
    return byCountry.flatMap(({ country, verified }) => (country !== null && verified > 0 ? country : []));
  },
};

/**
 * Asks for the countries with the first connector that sends SMS for real, where nobody has chosen any before. The own
 * country, as the browser tells it, and those where codes were typed in are ticked.
 */
export function useFirstCountries(
  factory: Pick<Factory, 'type' | 'isDemo'>,
  live: Pick<Connector, 'isDemo'> | null,
): { step: ReactNode; check: () => boolean; save: () => Promise<void> } {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const tellFailure = useFailureNotice();
  const isFirst = factory.type === 'Sms' && factory.isDemo !== true && (live === null || live.isDemo === true);
  const policy = useQuery({ ...fraudPolicyQuery, enabled: isFirst });
  const earlier = useQuery({ ...earlierQuery, enabled: isFirst });
  const [chosen, setChosen] = useState<string[]>();
  const [error, setError] = useState<string>();
  const field = useRef<HTMLInputElement>(null);
  const isAsked = isFirst && !earlier.isPending && policy.data?.countries.list.length === 0;
  const value = chosen ?? [...new Set([...ownCountries(), ...(earlier.data ?? [])])];
  return {
    step: isAsked && (
      <StepCard number={3} title={t('protection.countries.step')} lead={t('protection.countries.stepLead')}>
        <CountryChoice
          value={value}
          error={error}
          fieldRef={field}
          onChange={(countries) => {
            setChosen(countries);
            setError(undefined);
          }}
        />
      </StepCard>
    ),
    check() {
      const isNone = isAsked && value.length === 0;
      setError(isNone ? t('protection.countries.stepNone') : undefined);
      // It is far above the button.
      if (isNone) field.current?.focus();
      return !isNone;
    },
    async save() {
      if (!isAsked) return;
      // The connector is there whatever becomes of this, which is said.
      await changeFraudPolicy({ countries: countriesOf(value, countryCodes) }).catch(tellFailure);
      void readPolicyAnew(queries);
    },
  };
}

/** What the languages of the browser say of where somebody is. */
function ownCountries(): string[] {
  const regions = navigator.languages.map((language) => new Intl.Locale(language).region);
  const likely = new Intl.Locale(navigator.language).maximize().region;
  const [own] = [...regions, likely].filter((region) => region !== undefined && countryCodes.includes(region));
  return own === undefined ? [] : [own];
}
