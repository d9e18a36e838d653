import { NativeSelect, NumberInput, Stack, Switch } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { takeAnswer } from '../../api/take-answer.ts';
import { Panel } from '../../forms/panel.tsx';
import { SavedForm } from '../../forms/saved-form.tsx';
import { useForm } from '../../forms/use-form.ts';
import { Changeable } from '../../session/role.tsx';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { PageLink } from '../../shell/links.tsx';
import { PageHeading, PageTop } from '../../shell/page-heading.tsx';
import { PageSkeleton } from '../../shell/page-skeleton.tsx';
import {
  type AccountCenter,
  accountCenterQuery,
  accountFields,
  changeAccountCenter,
  controls,
} from './account-center-api.ts';

/** What users see and change of their own account, at `/account` and by the Account API. */
export function AccountCenterPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(accountCenterQuery);
  return (
    <Stack>
      <div>
        <PageLink to="/sign-in-experience" size="sm">
          {t('signInExperience.accountCenter.back')}
        </PageLink>
      </div>
      <PageTop lead={t('signInExperience.accountCenter.lead')}>
        <PageHeading title={t('signInExperience.accountCenter.title')} />
      </PageTop>
      {data ? (
        <AccountCenterForm stored={data} />
      ) : error ? (
        <ErrorNotice error={error} onRetry={refetch} />
      ) : (
        <PageSkeleton />
      )}
    </Stack>
  );
}

const valuesOf = ({ enabled, fields, otherRecipients }: AccountCenter): Values => ({
  enabled,
  fields,
  otherRecipients,
});
/** A field for a number may be empty. */
type Values = Omit<AccountCenter, 'otherRecipients'> & { otherRecipients: number | string };

function AccountCenterForm({ stored }: { stored: AccountCenter }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const form = useForm(valuesOf(stored));
  const { enabled, fields, otherRecipients } = form.values;
  return (
    <SavedForm
      form={form}
      ownPath="/sign-in-experience/account-center"
      read={() => queries.fetchQuery({ ...accountCenterQuery, staleTime: 0 })}
      save={({ values }) => changeAccountCenter({ ...values, otherRecipients: values.otherRecipients as number })}
      valuesOf={valuesOf}
      onSaved={(saved) => takeAnswer(queries, accountCenterQuery.queryKey, saved)}
    >
      <Changeable as="operator">
        <Panel title={t('signInExperience.accountCenter.fields')} lead={t('signInExperience.accountCenter.fieldsLead')}>
          <Switch
            label={t('signInExperience.accountCenter.enabled')}
            description={t('signInExperience.accountCenter.enabledHelp')}
            checked={enabled}
            onChange={(event) => form.change('enabled', event.currentTarget.checked)}
          />
          {accountFields.map((field) => (
            <NativeSelect
              key={field}
              maw="24rem"
              disabled={!enabled}
              label={t(`signInExperience.accountCenter.field.${field}`)}
              value={fields[field] ?? 'Off'}
              data={controls.map((value) => ({ value, label: t(`signInExperience.accountCenter.control.${value}`) }))}
              onChange={(event) => {
                const chosen = controls.find((each) => each === event.currentTarget.value);
                form.change('fields', { ...fields, [field]: chosen });
              }}
            />
          ))}
          <NumberInput
            label={t('signInExperience.accountCenter.otherRecipients')}
            description={t('signInExperience.accountCenter.otherRecipientsHelp')}
            allowDecimal={false}
            allowNegative={false}
            hideControls
            maw="24rem"
            disabled={!enabled}
            value={otherRecipients}
            error={form.problemOf('otherRecipients')}
            onChange={(value) => form.change('otherRecipients', value)}
          />
        </Panel>
      </Changeable>
    </SavedForm>
  );
}
