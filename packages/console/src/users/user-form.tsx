import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Panel } from '../forms/panel.tsx';
import { SavedForm } from '../forms/saved-form.tsx';
import { useForm } from '../forms/use-form.ts';
import { Changeable } from '../session/role.tsx';
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
      save={({ values }) => updateUser(user.id, values)}
      valuesOf={fieldsOf}
      onSaved={(saved) => {
        queries.setQueryData(userQuery(user.id).queryKey, saved);
        void queries.invalidateQueries({ queryKey: [...usersKey, 'list'] });
      }}
    >
      <Panel title={t('users.details')}>
        <Changeable as="operator">
          <UserInputs values={form.values} problemOf={form.problemOf} onChange={form.change} />
        </Changeable>
      </Panel>
    </SavedForm>
  );
}

const fieldsOf = ({ name, username, primaryPhone }: User): UserFields => ({
  name: name ?? '',
  username: username ?? '',
  primaryPhone: primaryPhone ?? '',
});
