import { useQueryClient } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { type Issue, refusedFields } from '../api/api-error.ts';
import { takeAnswer } from '../api/take-answer.ts';
import { Panel } from '../forms/panel.tsx';
import { SavedForm } from '../forms/saved-form.tsx';
import { type FormState, useForm } from '../forms/use-form.ts';
import { Changeable } from '../session/role.tsx';
import { ApplicationInputs } from './application-inputs.tsx';
import {
  type Application,
  type ApplicationFields,
  applicationQuery,
  applicationsKey,
  lacksRedirectUri,
  signsIn,
  type TokenFields,
  updateApplication,
} from './applications-api.ts';
import { TokenInputs } from './token-inputs.tsx';

/** What can be changed about an application. */
export function ApplicationForm({ application }: { application: Application }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const form = useForm(fieldsOf(application));
  return (
    <SavedForm
      form={form}
      ownPath={`/applications/${application.id}`}
      read={() => queries.fetchQuery({ ...applicationQuery(application.id), staleTime: 0 })}
      save={(merged, current) => {
        const problems = problemsIn(t, application, merged);
        // The server takes an application that leads nowhere.
        if (problems.length > 0) throw refusedFields(problems);
        return updateApplication(current, merged.values);
      }}
      check={() => problemsIn(t, application, form)}
      valuesOf={fieldsOf}
      onSaved={(saved) => {
        takeAnswer(queries, applicationQuery(saved.id).queryKey, saved);
        void queries.invalidateQueries({ queryKey: [...applicationsKey, 'list'] });
      }}
    >
      <Panel title={t('applications.settings')}>
        <Changeable as="operator">
          <ApplicationInputs
            type={application.type}
            form={form}
            isAdmin={application.isAdmin}
            managementScopes={application.managementScopes}
          />
        </Changeable>
      </Panel>
      {signsIn(application.type) && (
        <Panel title={t('applications.tokens.title')} lead={t('applications.tokens.lead')}>
          <Changeable as="operator">
            <TokenInputs application={application} form={form} />
          </Changeable>
        </Panel>
      )}
    </SavedForm>
  );
}

/** Whoever takes the last address away by which people sign in is told; what was without one stays as it is. */
function problemsIn(
  t: TFunction,
  { type }: Application,
  { values, start }: Pick<FormState<ReturnType<typeof fieldsOf>>, 'values' | 'start'>,
): Issue[] {
  if (!lacksRedirectUri(type, values) || lacksRedirectUri(type, start)) return [];
  return [{ path: 'oidcClientMetadata.redirectUris.0', message: t('applications.create.noRedirectUri') }];
}

const fieldsOf = (application: Application): ApplicationFields & TokenFields => ({
  name: application.name,
  description: application.description ?? '',
  ...application.oidcClientMetadata,
  isAdmin: application.isAdmin,
  corsAllowedOrigins: application.customClientMetadata.corsAllowedOrigins ?? [],
  idTokenTtl: application.customClientMetadata.idTokenTtl ?? '',
  refreshTokenTtlInDays: application.customClientMetadata.refreshTokenTtlInDays ?? '',
  rotateRefreshToken: application.customClientMetadata.rotateRefreshToken ?? true,
  alwaysIssueRefreshToken: application.customClientMetadata.alwaysIssueRefreshToken ?? false,
});
