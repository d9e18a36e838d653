import { Button, Group, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../forms/panel.tsx';
import { useForm } from '../../forms/use-form.ts';
import { TimeText } from '../../lists/time-text.tsx';
import { Allowed } from '../../session/role.tsx';
import { tellSuccess, useFailureNotice } from '../../shell/notices.ts';
import { shownAddress } from '../../shell/shown-address.ts';
import { type User, usersKey } from '../users-api.ts';
import { Entries } from './entries.tsx';
import {
  addOtherRecipient,
  makeRecipientPrimary,
  type OtherRecipient,
  otherRecipientsQuery,
  removeOtherRecipient,
} from './other-recipients-api.ts';
import { useDeed } from './use-deed.ts';

/** The numbers and addresses of a user beside the primary ones, and what can be done about each. */
export function OtherRecipients({ user }: { user: User }) {
  const { t } = useTranslation();
  const query = useQuery(otherRecipientsQuery(user.id));
  return (
    <Panel title={t('users.follow.others.title')} lead={t('users.follow.others.lead')}>
      <Entries
        query={query}
        none={t('users.follow.others.none')}
        keyOf={({ id }) => id}
        title={({ address }) => shownAddress(address)}
        text={({ addedAt }) => (
          <>
            {t('users.follow.others.added')} <TimeText at={addedAt} />
          </>
        )}
        action={(other) => <Deeds user={user} other={other} />}
      />
      <Allowed as="operator">
        <Another user={user} />
      </Allowed>
    </Panel>
  );
}

function Deeds({ user, other }: { user: User; other: OtherRecipient }) {
  const { t } = useTranslation();
  const deeds = {
    makePrimary: useDeed(user.id, t('users.follow.others.makePrimaryDone'), () => makeRecipientPrimary(user.id, other)),
    remove: useDeed(user.id, t('users.follow.others.removeDone'), () => removeOtherRecipient(user.id, other)),
  };
  return (
    <Allowed as="operator">
      <Group gap="xs">
        {(['makePrimary', 'remove'] as const).map((deed) => (
          <Button
            key={deed}
            size="xs"
            variant="default"
            aria-label={t(`users.follow.others.${deed}Of`, { recipient: shownAddress(other.address) })}
            loading={deeds[deed].isPending}
            onClick={() => deeds[deed].mutate()}
          >
            {t(`users.follow.others.${deed}`)}
          </Button>
        ))}
      </Group>
    </Allowed>
  );
}

/** What has an `@` is an address. */
function Another({ user }: { user: User }) {
  const { t } = useTranslation();
  const form = useForm({ phone: '', email: '' });
  const queries = useQueryClient();
  const tellFailure = useFailureNotice();
  const typed = form.values.phone + form.values.email;
  const adding = useMutation({
    mutationFn: () => addOtherRecipient(user.id, typed.trim()),
    onSuccess: () => {
      form.reset();
      tellSuccess(t('users.follow.others.addDone'));
    },
    onError: (error) => form.refuse(error) || tellFailure(error),
    onSettled: () => queries.invalidateQueries({ queryKey: [...usersKey, user.id] }),
  });
  const type = (value: string) => {
    form.change('phone', value.includes('@') ? '' : value);
    form.change('email', value.includes('@') ? value : '');
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!adding.isPending && typed.trim() !== '') adding.mutate();
  };
  return (
    <form onSubmit={submit} noValidate ref={form.ref}>
      <Group gap="xs" align="flex-end">
        <TextInput
          label={t('users.follow.others.label')}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maw="24rem"
          style={{ flexGrow: 1 }}
          value={typed}
          error={form.problemOf('phone') ?? form.problemOf('email')}
          onChange={(event) => type(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={adding.isPending}>
          {t('users.follow.others.add')}
        </Button>
      </Group>
    </form>
  );
}
