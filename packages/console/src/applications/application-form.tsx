import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Panel } from '../forms/panel.tsx';
import { SavedForm } from '../forms/saved-form.tsx';
import { useForm } from '../forms/use-form.ts';
import { Changeable } from '../session/role.tsx';
import { ApplicationInputs } from './application-inputs.tsx';
import {
  type Application,
  type ApplicationFields,
  applicationQuery,
  applicationsKey,
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
      save={({ values }) => updateApplication(application, values)}
      valuesOf={fieldsOf}
      onSaved={(saved) => {
        queries.setQueryData(applicationQuery(saved.id).queryKey, saved);
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
