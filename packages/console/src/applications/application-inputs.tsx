import { Switch, Textarea } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { NameInput } from '../forms/name-input.tsx';
import type { FieldsOf } from '../forms/use-form.ts';
import { sentences } from '../i18n/sentence-space.ts';
import { useMay } from '../session/role.tsx';
import {
  type Application,
  type ApplicationFields,
  type ApplicationType,
  isMachine,
  managementParts,
  signsIn,
} from './applications-api.ts';
import { UriList } from './uri-list.tsx';

type Form = FieldsOf<ApplicationFields>;
type Props = {
  type: ApplicationType;
  form: Form;
  /** Whether the application may call the Management API already: letting it is for owners. */
  isAdmin?: boolean;
  /** What of it, then; everything for one that is new. */
  managementScopes?: Application['managementScopes'];
};

/** What can be changed of an application of a type. */
export function ApplicationInputs({ type, form, isAdmin, managementScopes }: Props) {
  const { t } = useTranslation();
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
      <NeededInputs
        type={type}
        form={form}
        {...(isAdmin !== undefined && { isAdmin })}
        {...(managementScopes && { managementScopes })}
      />
      {signsIn(type) && <Uris field="postLogoutRedirectUris" type={type} form={form} />}
    </>
  );
}

/** What an application of a type cannot do without. */
export function NeededInputs({ type, form, isAdmin = false, managementScopes = ['all'] }: Props) {
  const { t, i18n } = useTranslation();
  const mayAdmit = useMay('owner');
  const { values, change, problemOf } = form;
  if (!isMachine(type)) return <Uris field="redirectUris" type={type} form={form} />;
  return (
    <Switch
      label={t('applications.fields.isAdmin')}
      description={sentences(i18n.language, [...rightsOf(t, managementScopes), t('applications.help.isAdmin')])}
      disabled={!mayAdmit && !isAdmin}
      checked={values.isAdmin}
      error={problemOf('isAdmin')}
      onChange={(event) => change('isAdmin', event.currentTarget.checked)}
    />
  );
}

/** What an application may do in the Management API, in sentences. */
function rightsOf(t: TFunction, scopes: Application['managementScopes']): string[] {
  if (scopes.includes('all')) return [t('applications.help.allRights')];
  if (scopes.length === 0) return [t('applications.help.noRights')];
  return managementParts
    .filter((part) => scopes.includes(part))
    .map((part) => t('applications.rights.sentence', { part: t(`applications.rights.scope.${part}`) }));
}

/** An address as applications of a type have it. */
const examples: Partial<Record<ApplicationType, string>> = {
  Traditional: 'https://app.example.com/callback',
  SPA: 'https://app.example.com/',
  Native: 'com.example.app:/callback',
};

function Uris({ field, type, form }: Props & { field: 'redirectUris' | 'postLogoutRedirectUris' }) {
  const { t, i18n } = useTranslation();
  const example = examples[type] ?? '';
  const { values, change, problemOf } = form;
  return (
    <UriList
      label={t(`applications.fields.${field}`)}
      description={sentences(i18n.language, [
        t(`applications.help.${field}`),
        field === 'redirectUris' && t('applications.help.example', { uri: example }),
      ])}
      uris={values[field]}
      isNeeded={field === 'redirectUris'}
      placeholder={example}
      problemOf={(index) => problemOf(`oidcClientMetadata.${field}.${index}`)}
      onChange={(uris) => change(field, uris)}
    />
  );
}
