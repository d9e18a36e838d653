import { Switch, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NameInput } from '../forms/name-input.tsx';
import type { FieldsOf } from '../forms/use-form.ts';
import { useMay } from '../session/role.tsx';
import { type ApplicationFields, type ApplicationType, isMachine, signsIn } from './applications-api.ts';
import { UriList } from './uri-list.tsx';

const uriFields = ['redirectUris', 'postLogoutRedirectUris'] as const;

type Props = {
  type: ApplicationType;
  form: FieldsOf<ApplicationFields>;
  /** Whether the application may call the Management API already: letting it is for owners. */
  isAdmin?: boolean;
};

/** The fields of an application that creating and changing have in common. */
export function ApplicationInputs({ type, form, isAdmin = false }: Props) {
  const { t } = useTranslation();
  const mayAdmit = useMay('owner');
  const { values, change, problemOf } = form;
  return (
    <>
      <NameInput label={t('applications.fields.name')} form={form} />
      <Textarea
        label={t('applications.fields.description')}
        autosize
        minRows={2}
        maxLength={1024}
        value={values.description}
        error={problemOf('description')}
        onChange={(event) => change('description', event.currentTarget.value)}
      />
      {signsIn(type) &&
        uriFields.map((field) => (
          <UriList
            key={field}
            label={t(`applications.fields.${field}`)}
            description={t(`applications.help.${field}`)}
            uris={values[field]}
            placeholder="https://app.example.com/callback"
            problemOf={(index) => problemOf(`oidcClientMetadata.${field}.${index}`)}
            onChange={(uris) => change(field, uris)}
          />
        ))}
      {isMachine(type) && (
        <Switch
          label={t('applications.fields.isAdmin')}
          description={t('applications.help.isAdmin')}
          disabled={!mayAdmit && !isAdmin}
          checked={values.isAdmin}
          error={problemOf('isAdmin')}
          onChange={(event) => change('isAdmin', event.currentTarget.checked)}
        />
      )}
    </>
  );
}
