import { Button, Group } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../forms/panel.tsx';
import { BrowserText } from '../../lists/browser-text.tsx';
import { TimeText } from '../../lists/time-text.tsx';
import type { User } from '../users-api.ts';
import { Entries } from './entries.tsx';
import { type SignIn, signInsQuery } from './follow-api.ts';

const route = getRouteApi('/signed-in/frame/users/$userId');

/** When, for what, how and from where a user got in. */
export function UserSignIns({ user }: { user: User }) {
  const { t } = useTranslation();
  const { signIns: page = 1 } = route.useSearch();
  const navigate = route.useNavigate();
  const setPage = (signIns: number) => void navigate({ search: signIns === 1 ? {} : { signIns }, resetScroll: false });
  const query = useQuery({ ...signInsQuery(user.id, page), placeholderData: keepPreviousData });
  return (
    <Panel title={t('users.follow.signIns.title')} lead={t('users.follow.signIns.lead')}>
      <Entries
        query={{ ...query, data: query.data?.entries }}
        none={t('users.follow.signIns.none')}
        keyOf={({ id }) => id}
        title={(signIn) => (
          <>
            <TimeText at={signIn.at} /> · <ApplicationText application={signIn.application} />
          </>
        )}
        text={(signIn) => <HowText signIn={signIn} />}
      />
      {(page > 1 || query.data?.hasNext) && (
        <Group gap="xs">
          <Button size="xs" variant="default" disabled={page === 1} onClick={() => setPage(page - 1)}>
            {t('users.follow.signIns.newer')}
          </Button>
          <Button size="xs" variant="default" disabled={!query.data?.hasNext} onClick={() => setPage(page + 1)}>
            {t('users.follow.signIns.older')}
          </Button>
        </Group>
      )}
    </Panel>
  );
}

const accountPage = 'sesame-account';

function ApplicationText({ application: { id, name } }: Pick<SignIn, 'application'>) {
  const { t } = useTranslation();
  return <>{name ?? (id === accountPage ? t('users.follow.signIns.accountPage') : id)}</>;
}

/** How and from where a sign-in was. */
export function HowText({ signIn: { event, method, network, ...browser } }: { signIn: SignIn }) {
  const { t } = useTranslation();
  const how = event === 'Register' ? 'register' : method;
  return (
    <>
      {t(`users.follow.signIns.how.${how}`)} · <BrowserText {...browser} />
      {network !== '' && ` · ${network}`}
    </>
  );
}
