import { Stack, Switch } from '@mantine/core';
import { maskEmailsIn } from '@sesame/connector-kit';
import { getRouteApi, Outlet } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../lists/empty-state.tsx';
import type { Filter } from '../../lists/filters.tsx';
import { type ListColumn, LongList } from '../../lists/long-list.tsx';
import { Recipient } from '../../lists/recipient.tsx';
import { TimeText } from '../../lists/time-text.tsx';
import { Allowed, useMay } from '../../session/role.tsx';
import { ButtonLink, PageLink } from '../../shell/links.tsx';
import { PageHeading, PageTop } from '../../shell/page-heading.tsx';
import { shownAddress } from '../../shell/shown-address.ts';
import { LiftButton } from './lift-button.tsx';
import { deciders, readSuppressions, type Suppression, suppressionsKey } from './suppressions-api.ts';
import { WhyText } from './why-text.tsx';

const route = getRouteApi('/signed-in/frame/messages/suppressions');

/** The addresses that get no mail: why, since when, and the way back. */
export function SuppressionsPage() {
  const { t } = useTranslation();
  const [isShown, setShown] = useState(false);
  const search = route.useSearch();
  const { by, search: part } = search;
  return (
    <Stack>
      <div>
        <PageLink to="/messages" size="sm">
          {t('messages.back')}
        </PageLink>
      </div>
      <PageTop
        lead={t('messages.suppressions.lead')}
        actions={
          <Allowed as="operator">
            <ButtonLink to="/messages/suppressions/add" search={search}>
              {t('messages.suppressions.add')}
            </ButtonLink>
          </Allowed>
        }
      >
        <PageHeading title={t('messages.suppressions.title')} />
      </PageTop>
      <LongList
        name={suppressionsKey}
        title={t('messages.suppressions.title')}
        search={search}
        filters={useFilters()}
        query={{ by, search: part }}
        read={readSuppressions}
        path="/api/suppressions"
        columns={useColumns(isShown)}
        countText={(count) => t('messages.suppressions.count', { count })}
        actions={
          <Switch
            label={t('messages.showNumbers')}
            checked={isShown}
            onChange={(event) => setShown(event.currentTarget.checked)}
          />
        }
        empty={<EmptyState title={t('messages.suppressions.none')} text={t('messages.suppressions.noneText')} />}
      />
      <Outlet />
    </Stack>
  );
}

function useFilters(): Filter[] {
  const { t } = useTranslation();
  const seesAddresses = useMay('operator');
  return [
    ...(seesAddresses ? [{ name: 'search', label: t('messages.suppressions.part') }] : []),
    {
      name: 'by',
      label: t('messages.suppressions.decider'),
      options: deciders.map((value) => ({ value, label: t(`messages.suppressions.by.${value}`) })),
    },
  ];
}

function useColumns(isShown: boolean): ListColumn<Suppression>[] {
  const { t } = useTranslation();
  const textOf = (email: string) => shownAddress(isShown ? email : maskEmailsIn(email));
  return [
    {
      name: 'email',
      title: t('messages.suppressions.address'),
      value: ({ email }) => <Recipient>{textOf(email)}</Recipient>,
    },
    {
      name: 'why',
      title: t('messages.suppressions.why'),
      value: (suppression) => <WhyText of={suppression} isShown={isShown} />,
      breaksWords: true,
    },
    {
      name: 'time',
      isOrder: true,
      title: t('messages.suppressions.sinceColumn'),
      value: ({ createdAt }) => <TimeText at={createdAt} />,
    },
    {
      name: 'message',
      title: t('messages.one'),
      value: ({ messageId }) =>
        messageId === null ? (
          t('messages.none')
        ) : (
          <PageLink to="/messages/$id" params={{ id: messageId }} size="sm">
            {t('messages.suppressions.open')}
          </PageLink>
        ),
    },
    {
      name: 'lift',
      title: t('messages.suppressions.wayBack'),
      value: ({ email }) => <LiftButton email={email} shown={textOf(email)} />,
    },
  ];
}
