import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Panel } from '../forms/panel.tsx';
import { SavedForm } from '../forms/saved-form.tsx';
import { useForm } from '../forms/use-form.ts';
import { Changeable } from '../session/role.tsx';
import { ResourceInputs } from './resource-inputs.tsx';
import { type Resource, type ResourceFields, resourceQuery, resourcesKey, updateResource } from './resources-api.ts';

/** What can be changed about a resource. */
export function ResourceForm({ resource }: { resource: Resource }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const form = useForm(fieldsOf(resource));
  return (
    <SavedForm
      form={form}
      ownPath={`/resources/${resource.id}`}
      save={({ values }) => updateResource(resource.id, values)}
      valuesOf={fieldsOf}
      onSaved={(saved) => {
        queries.setQueryData(resourceQuery(saved.id).queryKey, saved);
        void queries.invalidateQueries({ queryKey: [...resourcesKey, 'list'] });
      }}
    >
      <Panel title={t('resources.settings')}>
        <Changeable as="operator">
          <ResourceInputs form={form} />
        </Changeable>
      </Panel>
    </SavedForm>
  );
}

const fieldsOf = ({ name, accessTokenTtl }: Resource): ResourceFields => ({ name, accessTokenTtl });
