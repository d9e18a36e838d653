import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { type Issue, refusedFields } from '../api/api-error.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { NameInput } from '../forms/name-input.tsx';
import { useForm } from '../forms/use-form.ts';
import { useSending } from '../forms/use-sending.ts';
import { tellSuccess } from '../shell/notices.ts';
import { NeededInputs } from './application-inputs.tsx';
import {
  type ApplicationType,
  applicationsKey,
  createApplication,
  isMachine,
  lacksRedirectUri,
  type NewFields,
} from './applications-api.ts';
import { RightsChoice } from './rights-choice.tsx';
import { SecretDialog } from './secret-dialog.tsx';
import { TypeChoice } from './type-choice.tsx';

const list = getRouteApi('/signed-in/frame/applications');
const nothing: NewFields & { type: ApplicationType | undefined } = {
  type: undefined,
  name: '',
  description: '',
  redirectUris: [''],
  postLogoutRedirectUris: [],
  isAdmin: true,
  // The least that a back end needs to send codes; more is chosen.
  managementScopes: ['codes'],
};

/** The dialog that makes an application; tells the secret, where there is one, and leads to its page. */
export function CreateApplication() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const search = list.useSearch();
  const form = useForm(nothing);
  const { type } = form.values;
  const open = (id: string) => void navigate({ to: '/applications/$id', params: { id } });
  const { shown, answer } = useSending(form, {
    send: async () => {
      const problems = problemsIn(t, form.values);
      // The server takes an application that leads nowhere, or could not be asked for one of no type.
      if (type === undefined || lacksUri(form.values)) throw refusedFields(problems);
      return createApplication(type, form.values);
    },
    onSuccess: ({ id, secret }) => {
      void queries.invalidateQueries({ queryKey: applicationsKey });
      tellSuccess(t('applications.create.done'));
      if (secret === undefined) open(id);
    },
    problems: () => problemsIn(t, form.values),
  });
  if (answer?.secret !== undefined) {
    const { id, secret } = answer;
    return <SecretDialog application={answer} secret={secret} onClose={() => open(id)} />;
  }
  return (
    <FormDialog
      title={t('applications.create.title')}
      submit={t('applications.create.submit')}
      isWide
      {...shown}
      onClose={() => void navigate({ to: '/applications', search })}
    >
      <NameInput label={t('applications.fields.name')} form={form} />
      <TypeChoice type={type} error={form.problemOf('type')} onChange={(chosen) => form.change('type', chosen)} />
      {type && <NeededInputs type={type} form={form} managementScopes={form.values.managementScopes} />}
      {type && isMachine(type) && form.values.isAdmin && (
        <RightsChoice
          scopes={form.values.managementScopes}
          onChange={(scopes) => form.change('managementScopes', scopes)}
        />
      )}
    </FormDialog>
  );
}

const lacksUri = ({ type, ...fields }: typeof nothing) => type !== undefined && lacksRedirectUri(type, fields);

/** What keeps an application from working, where the Console can tell by itself. */
function problemsIn(t: TFunction, values: typeof nothing): Issue[] {
  const { type, name } = values;
  return [
    { path: 'name', message: t('shell.signIn.required'), isMet: name.trim() !== '' },
    { path: 'type', message: t('applications.create.noType'), isMet: type !== undefined },
    {
      path: 'oidcClientMetadata.redirectUris.0',
      message: t('applications.create.noRedirectUri'),
      isMet: !lacksUri(values),
    },
  ].filter(({ isMet }) => !isMet);
}
