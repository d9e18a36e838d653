import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { takeAnswer } from '../api/take-answer.ts';
import { Panel } from '../forms/panel.tsx';
import { SuppressionState } from '../messages/suppressions/suppression-state.tsx';
import { Allowed } from '../session/role.tsx';
import { ButtonLink } from '../shell/links.tsx';
import { tellSuccess, useFailureNotice } from '../shell/notices.ts';
import { LockState } from './follow/lock-state.tsx';
import { suspendUser, type User, userQuery, usersKey } from './users-api.ts';

/** How a user gets in, and how to keep them out. */
export function UserAccess({ user }: { user: User }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const tellFailure = useFailureNotice();
  const params = { userId: user.id };
  const switching = useMutation({
    mutationFn: () => suspendUser(user.id, !user.isSuspended),
    onSuccess: (saved) => {
      takeAnswer(queries, userQuery(user.id).queryKey, saved);
      void queries.invalidateQueries({ queryKey: [...usersKey, 'list'] });
      tellSuccess(t(saved.isSuspended ? 'users.access.suspendDone' : 'users.access.resumeDone'));
    },
    onError: tellFailure,
  });
  return (
    <Panel title={t('users.access.title')}>
      <LockState user={user} />
      {[user.primaryEmail ?? [], user.otherEmails ?? []].flat().map((email) => (
        <SuppressionState key={email} email={email} isShown />
      ))}
      <Text size="sm">{t(user.hasPassword ? 'users.access.hasPassword' : 'users.access.noPassword')}</Text>
      <Text size="sm" c="dimmed">
        {t(user.isSuspended ? 'users.access.isSuspended' : 'users.access.suspendHelp')}
      </Text>
      <Allowed as="operator">
        <Group gap="xs">
          <ButtonLink variant="default" to="/users/$userId/password" params={params}>
            {t(user.hasPassword ? 'users.password.replace' : 'users.password.set')}
          </ButtonLink>
          <Button variant="default" loading={switching.isPending} onClick={() => switching.mutate()}>
            {t(user.isSuspended ? 'users.access.resume' : 'users.access.suspend')}
          </Button>
          <ButtonLink variant="outline" color="red" to="/users/$userId/delete" params={params}>
            {t('users.delete.open')}
          </ButtonLink>
        </Group>
      </Allowed>
    </Panel>
  );
}
