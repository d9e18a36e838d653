import { Group, NativeSelect, TextInput } from '@mantine/core';
import { codeUsageTypes } from '@sesame/connector-kit';
import { getRouteApi } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countryCodes, countryName } from '../lists/countries.ts';
import { Allowed } from '../session/role.tsx';
import classes from './message-filters.module.css';
import { type MessageFilters as Filters, messageStates, phoneAsTyped } from './message-search.ts';
import { useConnectorNames } from './use-connector-names.ts';

const route = getRouteApi('/signed-in/frame/messages');

/** The filters of the list; each change goes into the address. */
export function MessageFilters({ phoneProblem }: { phoneProblem: string | undefined }) {
  const { t, i18n } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { known } = useConnectorNames();
  const set = (change: { [Name in keyof Filters]: string | undefined }) =>
    void navigate({ search: (before) => ({ ...before, ...(change as Filters), page: undefined }) });
  const usageTypes = [...new Set<string>([...codeUsageTypes, ...(search.usageType ? [search.usageType] : [])])];
  const countries = countryCodes
    .map((value) => ({ value, label: countryName(value, i18n.language) }))
    .toSorted((one, other) => one.label.localeCompare(other.label, i18n.language));
  const choice = (name: keyof Filters, options: { value: string; label: string }[]) => (
    <NativeSelect
      label={t(`messages.filter.${name}`)}
      value={search[name] ?? ''}
      data={[{ value: '', label: t('messages.filter.all') }, ...options]}
      onChange={(event) => set({ [name]: event.currentTarget.value || undefined })}
      className={classes.field}
    />
  );
  return (
    <Group component="section" aria-label={t('messages.filter.label')} align="flex-start" gap="sm">
      {choice(
        'state',
        messageStates.map((value) => ({ value, label: t(`messages.state.${value}`) })),
      )}
      <Allowed as="operator">
        <PhoneFilter
          key={search.phone}
          phone={search.phone}
          problem={phoneProblem}
          onChange={(phone) => set({ phone })}
        />
      </Allowed>
      {choice(
        'usageType',
        usageTypes.map((value) => ({ value, label: value })),
      )}
      {choice('country', countries)}
      {choice(
        'connector',
        known.map(({ id, name }) => ({ value: id, label: name })),
      )}
    </Group>
  );
}

type PhoneProps = {
  phone: string | undefined;
  problem: string | undefined;
  onChange: (phone: string | undefined) => void;
};

function PhoneFilter({ phone, problem, onChange }: PhoneProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(phone ?? '');
  const apply = (event?: FormEvent) => {
    event?.preventDefault();
    if (phoneAsTyped(typed) !== phone) onChange(phoneAsTyped(typed));
  };
  return (
    <form onSubmit={apply} className={classes.field}>
      <TextInput
        label={t('messages.filter.phone')}
        type="search"
        inputMode="tel"
        placeholder="+8613800138000"
        autoComplete="off"
        value={typed}
        error={problem}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => apply()}
      />
    </form>
  );
}
