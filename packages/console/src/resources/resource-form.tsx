import { Switch } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { takeAnswer } from '../api/take-answer.ts';
import { Panel } from '../forms/panel.tsx';
import { SavedForm } from '../forms/saved-form.tsx';
import { useForm } from '../forms/use-form.ts';
import { Changeable } from '../session/role.tsx';
import { ResourceInputs } from './resource-inputs.tsx';
import {
  type Resource,
  type ResourceFields,
  resourceQuery,
  resourcesKey,
  setDefaultResource,
  updateResource,
} from './resources-api.ts';

/** What can be changed about a resource. */
export function ResourceForm({ resource }: { resource: Resource }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const form = useForm(fieldsOf(resource));
  return (
    <SavedForm
      form={form}
      ownPath={`/resources/${resource.id}`}
      read={() => queries.fetchQuery({ ...resourceQuery(resource.id), staleTime: 0 })}
      save={({ values, start }) => saveChanges(resource.id, values, start)}
      valuesOf={fieldsOf}
      onSaved={(saved) => {
        takeAnswer(queries, resourceQuery(saved.id).queryKey, saved);
        void queries.invalidateQueries({ queryKey: [...resourcesKey, 'list'] });
      }}
    >
      <Panel title={t('resources.settings')}>
        <Changeable as="operator">
          <ResourceInputs form={form} />
          <Switch
            label={t('resources.default')}
            description={t('resources.help.default')}
            checked={form.values.isDefault}
            onChange={(event) => form.change('isDefault', event.currentTarget.checked)}
          />
        </Changeable>
      </Panel>
    </SavedForm>
  );
}

type Fields = ResourceFields & { isDefault: boolean };

const fieldsOf = ({ name, accessTokenTtl, isDefault }: Resource): Fields => ({ name, accessTokenTtl, isDefault });

async function saveChanges(id: string, { isDefault, ...fields }: Fields, before: Fields): Promise<Resource> {
  const saved = await updateResource(id, fields);
  return isDefault === before.isDefault ? saved : setDefaultResource(id, isDefault);
}
