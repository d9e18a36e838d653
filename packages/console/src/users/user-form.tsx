import { Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { takeAnswer } from '../api/take-answer.ts';
import { Panel } from '../forms/panel.tsx';
import { SavedForm } from '../forms/saved-form.tsx';
import { useForm } from '../forms/use-form.ts';
import { Changeable } from '../session/role.tsx';
import { shownAddress } from '../shell/shown-address.ts';
import { UserInputs } from './user-inputs.tsx';
import { type User, type UserFields, updateUser, userQuery, usersKey } from './users-api.ts';

/** What can be changed about a user. */
export function UserForm({ user }: { user: User }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const form = useForm(fieldsOf(user));
  const { restart, start } = form;
  const { primaryPhone, primaryEmail } = user;
  // Another of the user's becomes the primary one beside the form; what is being typed stays.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is about these two alone
  useEffect(() => restart(fieldsOf(user), start), [primaryPhone, primaryEmail]);
  return (
    <SavedForm
      form={form}
      ownPath={`/users/${user.id}`}
      read={() => queries.fetchQuery({ ...userQuery(user.id), staleTime: 0 })}
      save={({ values: { customData, ...fields } }) =>
        updateUser(user.id, { ...fields, customData: asWritten(customData) })
      }
      valuesOf={fieldsOf}
      onSaved={(saved) => {
        takeAnswer(queries, userQuery(user.id).queryKey, saved);
        void queries.invalidateQueries({ queryKey: [...usersKey, 'list'] });
      }}
    >
      <Panel title={t('users.details')}>
        <Changeable as="operator">
          <UserInputs values={form.values} problemOf={form.problemOf} onChange={form.change} />
          <Textarea
            label={t('users.fields.customData')}
            description={t('users.help.customData')}
            autosize
            minRows={2}
            maxRows={16}
            spellCheck={false}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            value={form.values.customData}
            error={form.problemOf('customData')}
            onChange={(event) => form.change('customData', event.currentTarget.value)}
          />
        </Changeable>
      </Panel>
    </SavedForm>
  );
}

const fieldsOf = ({
  name,
  username,
  primaryPhone,
  primaryEmail,
  customData,
}: User): UserFields & { customData: string } => ({
  name: name ?? '',
  username: username ?? '',
  primaryPhone: primaryPhone ?? '',
  primaryEmail: shownAddress(primaryEmail ?? ''),
  customData: JSON.stringify(customData, null, 2),
});

/** What is no JSON goes as the text that it is: the server refuses it together with all else that is wrong. */
function asWritten(text: string): unknown {
  try {
    return JSON.parse(text.trim() || '{}');
  } catch {
    return text;
  }
}
