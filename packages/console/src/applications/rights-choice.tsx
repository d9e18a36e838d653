import { Checkbox, Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Application, managementParts } from './applications-api.ts';

type Scopes = Application['managementScopes'];

/** Everything of the Management API, or the parts of it that are chosen: one at least. */
export function RightsChoice({ scopes, onChange }: { scopes: Scopes; onChange: (scopes: Scopes) => void }) {
  const { t } = useTranslation();
  const isAll = scopes.includes('all');
  return (
    <Stack gap="sm">
      <Radio.Group
        label={t('applications.rights.label')}
        value={isAll ? 'all' : 'some'}
        onChange={(value) => onChange([value === 'all' ? 'all' : 'codes'])}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="all" label={t('applications.rights.all')} />
          <Radio value="some" label={t('applications.rights.some')} />
        </Stack>
      </Radio.Group>
      {!isAll && (
        <Stack component="fieldset" gap="sm" m={0} p={0} pl="xl" bd="0" aria-label={t('applications.rights.some')}>
          {managementParts.map((part) => {
            const isGiven = scopes.includes(part);
            return (
              <Checkbox
                key={part}
                label={t(`applications.rights.scope.${part}`)}
                description={`scope=${part}`}
                checked={isGiven}
                disabled={isGiven && scopes.length === 1}
                onChange={() => onChange(isGiven ? scopes.filter((each) => each !== part) : [...scopes, part])}
              />
            );
          })}
        </Stack>
      )}
    </Stack>
  );
}
