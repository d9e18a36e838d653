import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { takeAnswer } from '../api/take-answer.ts';
import { Panel } from '../forms/panel.tsx';
import { Changeable } from '../session/role.tsx';
import { tellSuccess, useFailureNotice } from '../shell/notices.ts';
import { type Application, applicationQuery, grantScopes } from './applications-api.ts';
import { RightsChoice } from './rights-choice.tsx';

/** What an application may do in the Management API: everything, or some of it. A choice counts at once. */
export function ManagementRights({ application }: { application: Application }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const tellFailure = useFailureNotice();
  const granting = useMutation({
    // One after the other, as they were chosen.
    scope: { id: `rights of ${application.id}` },
    mutationFn: (scopes: Application['managementScopes']) => grantScopes(application.id, scopes),
    onSuccess: (saved) => {
      takeAnswer(queries, applicationQuery(saved.id).queryKey, saved);
      tellSuccess(t('forms.saved'));
    },
    onError: tellFailure,
  });
  // What was chosen stands while it is saved, and nothing is disabled meanwhile: that would take the focus away.
  const given = granting.isPending ? granting.variables : application.managementScopes;
  return (
    <Panel title={t('applications.rights.title')} lead={t('applications.rights.lead')}>
      <Changeable as="owner">
        <RightsChoice scopes={given} onChange={granting.mutate} />
      </Changeable>
    </Panel>
  );
}
