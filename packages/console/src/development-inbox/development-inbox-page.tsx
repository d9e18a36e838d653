import { NativeSelect, Stack } from '@mantine/core';
import { channels, codeUsageTypes } from '@sesame/connector-kit';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { usageName } from '../i18n/usage-text.ts';
import { LongList } from '../lists/long-list.tsx';
import { useMay } from '../session/role.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { PageHeading, PageTop } from '../shell/page-heading.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { ClearButton } from './clear-button.tsx';
import { arrivalsQuery, codeStates, inboxKey, inboxQueryOf, readInbox } from './inbox-api.ts';
import { EmptyInbox, InboxNotInUse } from './inbox-states.tsx';
import { type ArrivalSign, arrivalSigns, playSound, useArrivalSign, useArrivals } from './use-arrivals.ts';
import { useInboxColumns } from './use-inbox-columns.tsx';

const route = getRouteApi('/signed-in/frame/development-inbox');

/** How often codes are looked at again that may have been used or have expired, in milliseconds. */
const refetchMs = 5000;

/** The messages that the development inbox took instead of sending them, as they arrive. */
export function DevelopmentInboxPage() {
  const { t } = useTranslation();
  const arrivals = useQuery(arrivalsQuery);
  const [sign, setSign] = useArrivalSign();
  const unseen = useArrivals(arrivals.data, sign);
  const title = t('developmentInbox.title');
  return (
    <Stack>
      <PageTop lead={t('developmentInbox.lead')}>
        <PageHeading title={unseen > 0 ? t('developmentInbox.unseen', { count: unseen, title }) : title}>
          {title}
        </PageHeading>
      </PageTop>
      {arrivals.data === null && <InboxNotInUse />}
      {arrivals.data === undefined &&
        (arrivals.error ? (
          <ErrorNotice error={arrivals.error} onRetry={arrivals.refetch} />
        ) : (
          <PageSkeleton rows={6} />
        ))}
      {arrivals.data && <Inbox newest={arrivals.data[0]?.id} sign={sign} onSign={setSign} />}
    </Stack>
  );
}

type Props = { newest: string | undefined; sign: ArrivalSign; onSign: (sign: ArrivalSign) => void };

function Inbox({ newest, sign, onSign }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const search = route.useSearch();
  const isOperator = useMay('operator');
  // biome-ignore lint/correctness/useExhaustiveDependencies: what has arrived is what makes the list another one
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: [...inboxKey, 'list'] });
  }, [queries, newest]);
  const choose = (chosen: ArrivalSign) => {
    onSign(chosen);
    if (chosen === 'sound' || chosen === 'both') playSound();
  };
  return (
    <LongList
      name={inboxKey[0]}
      title={t('developmentInbox.title')}
      search={search}
      filters={[
        ...(isOperator
          ? [
              {
                name: 'search',
                label: t('developmentInbox.filter.search'),
                placeholder: t('developmentInbox.filter.placeholder'),
              },
            ]
          : []),
        {
          name: 'channel',
          label: t('messages.column.channel'),
          options: channels.map((value) => ({ value, label: t(`messages.channel.${value}`) })),
        },
        {
          name: 'codeState',
          label: t('developmentInbox.column.code'),
          options: codeStates.map((value) => ({ value, label: t(`developmentInbox.codeState.${value}`) })),
        },
        {
          name: 'usageType',
          label: t('developmentInbox.column.usageType'),
          options: codeUsageTypes.map((value) => ({ value, label: usageName(t, value) })),
        },
      ]}
      query={inboxQueryOf(search)}
      read={readInbox}
      path="/api/development-inbox"
      columns={useInboxColumns()}
      countText={(count) => t('developmentInbox.count', { count })}
      refetchMs={refetchMs}
      actions={
        <>
          <NativeSelect
            size="xs"
            aria-label={t('developmentInbox.arrival.label')}
            value={sign}
            data={arrivalSigns.map((value) => ({ value, label: t(`developmentInbox.arrival.${value}`) }))}
            onChange={(event) => choose(event.currentTarget.value as ArrivalSign)}
          />
          <ClearButton />
        </>
      }
      empty={<EmptyInbox />}
    />
  );
}
