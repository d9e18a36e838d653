import { Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { refusedFields } from '../api/api-error.ts';
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
  return (
    <SavedForm
      form={form}
      ownPath={`/users/${user.id}`}
      save={({ values: { customData, ...fields } }) =>
        updateUser(user.id, { ...fields, customData: readCustomData(customData, t('users.help.noObject')) })
      }
      valuesOf={fieldsOf}
      onSaved={(saved) => {
        queries.setQueryData(userQuery(user.id).queryKey, saved);
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

/** @throws ApiError at the field for what is no JSON object */
function readCustomData(text: string, message: string): Record<string, unknown> {
  try {
    const data: unknown = JSON.parse(text.trim() || '{}');
    if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw refusedFields([{ path: 'customData', message }]);
}
