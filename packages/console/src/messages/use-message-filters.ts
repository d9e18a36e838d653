import { channels, codeUsageTypes } from '@sesame/connector-kit';
import { useTranslation } from 'react-i18next';
import { usageName } from '../i18n/usage-text.ts';
import { countryCodes, countryName } from '../lists/countries.ts';
import type { Filter } from '../lists/filters.tsx';
import { outcomes } from '../lists/outcomes.ts';
import { useMay } from '../session/role.tsx';
import { useConnectorNames } from '../shell/use-connector-names.ts';
import { errorCodes, errorWords } from './error-words.ts';
import { failureKinds, type MessageSearch, none, recipientTyped } from './message-search.ts';

/** The filters of the list. @param isPhoneWrong whether the recipient in the address cannot be one */
export function useMessageFilters(search: MessageSearch, isPhoneWrong: boolean): Filter[] {
  const { t, i18n } = useTranslation();
  const { known } = useConnectorNames();
  const seesNumbers = useMay('operator');
  const nothing = { value: none, label: t('messages.filter.nothing') };
  return [
    {
      name: 'outcome',
      label: t('messages.filter.outcome'),
      options: outcomes.map((value) => ({ value, label: t(`lists.outcome.${value}`) })),
    },
    ...(seesNumbers
      ? [
          {
            name: 'phone',
            label: t('messages.filter.phone'),
            placeholder: t('messages.filter.partOfNumber'),
            value: search.phone ?? search.email ?? search.search ?? '',
            change: recipientTyped,
            problem: isPhoneWrong ? t('messages.filter.wrongPhone') : undefined,
          },
        ]
      : []),
    {
      name: 'error',
      label: t('messages.filter.error'),
      options: [...errorCodes.map((value) => ({ value, label: errorWords(t, value) })), nothing],
    },
    {
      name: 'channel',
      label: t('messages.column.channel'),
      options: channels.map((value) => ({ value, label: t(`messages.channel.${value}`) })),
    },
    {
      name: 'kind',
      label: t('messages.filter.kind'),
      options: [...failureKinds.map((value) => ({ value, label: t(`messages.kind.${value}`) })), nothing],
    },
    { name: 'providerCode', label: t('messages.filter.providerCode') },
    {
      name: 'usageType',
      label: t('messages.filter.usageType'),
      options: codeUsageTypes.map((value) => ({ value, label: usageName(t, value) })),
    },
    {
      name: 'country',
      label: t('messages.filter.country'),
      options: countryCodes
        .map((value) => ({ value, label: countryName(value, i18n.language) }))
        .toSorted((one, other) => one.label.localeCompare(other.label, i18n.language)),
    },
    {
      name: 'connector',
      label: t('messages.filter.connector'),
      options: [...known.map(({ id, name }) => ({ value: id, label: name })), nothing],
    },
    {
      name: 'tests',
      label: t('messages.filter.tests'),
      options: (['false', 'true'] as const).map((value) => ({ value, label: t(`messages.filter.isTest.${value}`) })),
    },
    // They come from the Overview and from the page of a user, and can be taken away.
    ...(search.failing === undefined
      ? []
      : [
          {
            name: 'failing',
            label: t('messages.filter.failing'),
            options: [{ value: search.failing, label: t('messages.filter.failingNow') }],
          },
        ]),
    ...(search.userId === undefined ? [] : [{ name: 'userId', label: t('messages.filter.user'), options: [] }]),
  ];
}
