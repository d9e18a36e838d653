import { NumberInput, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FieldsOf } from '../forms/use-form.ts';
import type { Application, TokenFields } from './applications-api.ts';
import { UriList } from './uri-list.tsx';

const usual = { idTokenTtl: '3600', refreshTokenTtlInDays: '14' };

/** How long the tokens of an application live, how they are renewed, and whose pages may ask for them. */
export function TokenInputs({ application, form }: { application: Application; form: FieldsOf<TokenFields> }) {
  const { t } = useTranslation();
  const { values, change, problemOf } = form;
  const { refreshTokenTtl } = application.customClientMetadata;
  const seconds = refreshTokenTtl && t('applications.tokens.seconds', { count: refreshTokenTtl });
  const placeholders = { ...usual, ...(seconds && { refreshTokenTtlInDays: seconds }) };
  return (
    <>
      {(['idTokenTtl', 'refreshTokenTtlInDays'] as const).map((field) => (
        <NumberInput
          key={field}
          label={t(`applications.tokens.${field}.label`)}
          description={t(`applications.tokens.${field}.help`)}
          placeholder={placeholders[field]}
          min={1}
          max={field === 'refreshTokenTtlInDays' ? 180 : undefined}
          allowDecimal={false}
          allowNegative={false}
          clampBehavior="none"
          value={values[field]}
          error={problemOf(field)}
          onChange={(value) => change(field, value === '' ? '' : Number(value))}
        />
      ))}
      {(['rotateRefreshToken', 'alwaysIssueRefreshToken'] as const)
        .filter((field) => field === 'rotateRefreshToken' || application.type !== 'Native')
        .map((field) => (
          <Switch
            key={field}
            label={t(`applications.tokens.${field}.label`)}
            description={t(`applications.tokens.${field}.help`)}
            checked={values[field]}
            onChange={(event) => change(field, event.currentTarget.checked)}
          />
        ))}
      <UriList
        label={t('applications.tokens.corsAllowedOrigins.label')}
        description={t('applications.tokens.corsAllowedOrigins.help')}
        uris={values.corsAllowedOrigins}
        placeholder="https://app.example.com"
        problemOf={(index) => problemOf(`customClientMetadata.corsAllowedOrigins.${index}`)}
        onChange={(origins) => change('corsAllowedOrigins', origins)}
      />
    </>
  );
}
