import { Badge, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DetailPage } from '../shell/detail-page.tsx';
import { PageLink } from '../shell/links.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import { OtherRecipients } from './follow/other-recipients.tsx';
import { RecipientHistory } from './follow/recipient-history.tsx';
import { UserDevices } from './follow/user-devices.tsx';
import { UserMessages } from './follow/user-messages.tsx';
import { UserSessions } from './follow/user-sessions.tsx';
import { UserSignIns } from './follow/user-sign-ins.tsx';
import { UserTrustedDevices } from './follow/user-trusted-devices.tsx';
import { UserAccess } from './user-access.tsx';
import { UserFacts } from './user-facts.tsx';
import { UserForm } from './user-form.tsx';
import { nameOf, type User, userQuery } from './users-api.ts';

const route = getRouteApi('/signed-in/frame/users/$userId');

/** A user: who it is, what can be changed, how they get in, and what keeps them from it. */
export function UserPage() {
  const { t } = useTranslation();
  const { userId } = route.useParams();
  const query = useQuery(userQuery(userId));
  return (
    <DetailPage
      back={
        <PageLink to="/users" size="sm">
          {t('users.back')}
        </PageLink>
      }
      query={query}
    >
      {(user) => <Details user={user} />}
    </DetailPage>
  );
}

function Details({ user }: { user: User }) {
  const { t } = useTranslation();
  return (
    <>
      <Group gap="sm">
        <PageHeading title={nameOf(user)} style={{ overflowWrap: 'anywhere' }} />
        {user.isSuspended && <Badge variant="default">{t('users.suspended')}</Badge>}
      </Group>
      <UserForm user={user} />
      <OtherRecipients user={user} />
      <UserAccess user={user} />
      <UserMessages user={user} />
      <UserSignIns user={user} />
      <UserSessions user={user} />
      <UserDevices user={user} />
      <UserTrustedDevices user={user} />
      <RecipientHistory user={user} of="phone" />
      <RecipientHistory user={user} of="email" />
      <UserFacts user={user} />
      <Outlet />
    </>
  );
}
