import { Checkbox, Radio, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Panel } from '../forms/panel.tsx';
import { Changeable } from '../session/role.tsx';
import { tellSuccess, useFailureNotice } from '../shell/notices.ts';
import { type Application, applicationQuery, grantScopes, managementParts } from './applications-api.ts';

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
      queries.setQueryData(applicationQuery(saved.id).queryKey, saved);
      tellSuccess(t('forms.saved'));
    },
    onError: tellFailure,
  });
  // What was chosen stands while it is saved, and nothing is disabled meanwhile: that would take the focus away.
  const given = granting.isPending ? granting.variables : application.managementScopes;
  const isAll = given.includes('all');
  const grant = (scopes: Application['managementScopes']) => granting.mutate(scopes);
  return (
    <Panel title={t('applications.rights.title')} lead={t('applications.rights.lead')}>
      <Changeable as="owner">
        <Stack gap="sm">
          <Radio.Group
            label={t('applications.rights.label')}
            value={isAll ? 'all' : 'some'}
            onChange={(value) => grant([value === 'all' ? 'all' : 'codes'])}
          >
            <Stack gap="xs" mt="xs">
              <Radio value="all" label={t('applications.rights.all')} />
              <Radio value="some" label={t('applications.rights.some')} />
            </Stack>
          </Radio.Group>
          {!isAll && (
            <Stack component="fieldset" gap="sm" m={0} p={0} pl="xl" bd="0" aria-label={t('applications.rights.some')}>
              {managementParts.map((part) => {
                const isGiven = given.includes(part);
                return (
                  <Checkbox
                    key={part}
                    label={t(`applications.rights.scope.${part}`)}
                    description={`scope=${part}`}
                    checked={isGiven}
                    disabled={isGiven && given.length === 1}
                    onChange={() => grant(isGiven ? given.filter((each) => each !== part) : [...given, part])}
                  />
                );
              })}
            </Stack>
          )}
        </Stack>
      </Changeable>
    </Panel>
  );
}
