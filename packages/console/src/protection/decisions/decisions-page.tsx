import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { issuesOf, toApiError } from '../../api/api-error.ts';
import { api, unwrapPage } from '../../api/client.ts';
import { fraudPolicyQuery, protectionKey } from '../../api/protection.ts';
import { countryCodes, countryName } from '../../lists/countries.ts';
import { EmptyState } from '../../lists/empty-state.tsx';
import type { Filter } from '../../lists/filters.tsx';
import { LongList } from '../../lists/long-list.tsx';
import { PageLink } from '../../shell/links.tsx';
import { type DecisionSearch, decisions } from './decision-search.ts';
import { type Decision, useDecisionColumns } from './use-decision-columns.tsx';

const route = getRouteApi('/signed-in/frame/protection/decisions');

/** The sends that did not simply go, each with its reasons, and what to do about them. */
export function DecisionsPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const { data: policy } = useQuery(fraudPolicyQuery);
  const { country, range, network, decision, isEnforced } = search;
  return (
    <Stack>
      <LongList
        name={`${protectionKey}-decisions`}
        title={t('protection.tabs.decisions')}
        search={search}
        filters={useFilters()}
        query={{ country, range: withPlus(range), network, decision, isEnforced }}
        read={readDecisions}
        path="/api/protection/decisions"
        columns={useDecisionColumns(policy)}
        countText={(count) => t('protection.decisions.count', { count })}
        isRefused={(error) => issuesOf(toApiError(error)).some(({ path }) => path === 'range')}
        empty={
          <EmptyState title={t('protection.decisions.none')} text={t('protection.decisions.noneText')}>
            {policy?.mode === 'off' && <PageLink to="/protection/policy">{t('protection.now.toPolicy')}</PageLink>}
          </EmptyState>
        }
      />
    </Stack>
  );
}

const readDecisions = (query: object) =>
  unwrapPage<Decision>(api.GET('/api/protection/decisions', { params: { query } }));

/** In an address a plus is a space, and people leave it out. */
const withPlus = (range: string | undefined) => (range === undefined ? undefined : `+${range.replace(/\D/g, '')}`);

function useFilters(): Filter[] {
  const { t, i18n } = useTranslation();
  const countries = countryCodes
    .map((value) => ({ value, label: countryName(value, i18n.language) }))
    .toSorted((one, other) => one.label.localeCompare(other.label, i18n.language));
  return [
    { name: 'range' satisfies keyof DecisionSearch, label: t('protection.column.range'), placeholder: '+49151' },
    { name: 'country', label: t('protection.column.country'), options: countries },
    {
      name: 'decision',
      label: t('protection.column.decision'),
      options: decisions.map((value) => ({ value, label: t(`protection.decisions.kind.${value}`) })),
    },
    {
      name: 'isEnforced',
      label: t('protection.decisions.enforced'),
      options: [
        { value: 'true', label: t('protection.decisions.isEnforced') },
        { value: 'false', label: t('protection.decisions.isRecorded') },
      ],
    },
    { name: 'network', label: t('protection.column.network') },
  ];
}
