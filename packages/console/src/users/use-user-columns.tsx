import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ListColumn } from '../lists/long-list.tsx';
import { Recipient } from '../lists/recipient.tsx';
import { TimeText } from '../lists/time-text.tsx';
import { useMay } from '../session/role.tsx';
import { shownAddress } from '../shell/shown-address.ts';
import { nameOf, type User } from './users-api.ts';

/** What the list of users can show. */
export function useUserColumns(): ListColumn<User>[] {
  const { t } = useTranslation();
  const seesNumbers = useMay('operator');
  return [
    {
      name: 'user',
      ...(seesNumbers && { order: { by: 'name', title: t('users.fields.name') } }),
      title: t('users.fields.user'),
      value: nameOf,
      beside: ({ isSuspended }) => isSuspended && <Badge variant="default">{t('users.suspended')}</Badge>,
      breaksWords: true,
    },
    {
      name: 'username',
      ...(seesNumbers && { order: { by: 'username' } }),
      title: t('users.fields.username'),
      value: ({ username }) => username,
      breaksWords: true,
    },
    {
      name: 'primaryPhone',
      ...(seesNumbers && { order: { by: 'primaryPhone' } }),
      title: t('users.fields.primaryPhone'),
      value: ({ primaryPhone }) => primaryPhone,
    },
    {
      name: 'primaryEmail',
      ...(seesNumbers && { order: { by: 'primaryEmail' } }),
      title: t('users.fields.primaryEmail'),
      value: ({ primaryEmail }) =>
        primaryEmail && (
          <span title={primaryEmail}>
            <Recipient>{shownAddress(primaryEmail)}</Recipient>
          </span>
        ),
      isExtra: true,
    },
    {
      name: 'lastSignIn',
      order: { by: 'lastSignInAt' },
      title: t('users.fields.lastSignIn'),
      value: ({ lastSignInAt }) => (lastSignInAt === null ? t('users.never') : <TimeText at={lastSignInAt} />),
    },
    {
      name: 'created',
      isOrder: true,
      title: t('users.fields.created'),
      value: ({ createdAt }) => <TimeText at={createdAt} />,
      isExtra: true,
    },
    { name: 'id', title: t('users.fields.id'), value: ({ id }) => id, isExtra: true, breaksWords: true },
  ];
}
