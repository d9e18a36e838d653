import { Button, Group, MultiSelect, Paper, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CapInputs } from './cap-inputs.tsx';
import type { PolicyValues } from './policy-values.ts';
import { useCountryOptions } from './use-country-options.ts';

type Entry = PolicyValues['perCountry'][number];
type Props = {
  entry: Entry;
  path: string;
  problemOf: (path: string) => string | undefined;
  onChange: (entry: Entry) => void;
  onDelete: () => void;
};

/** Caps for each of some countries by itself. */
export function CountryCaps({ entry, path, problemOf, onChange, onDelete }: Props) {
  const { t } = useTranslation();
  const options = useCountryOptions();
  return (
    <Paper withBorder p="md" radius="md">
      <Stack gap="sm">
        <MultiSelect
          label={t('protection.caps.eachOf')}
          data={options}
          searchable
          hidePickedOptions
          value={entry.countries}
          error={problemOf(`${path}.countries`)}
          onChange={(countries) => onChange({ ...entry, countries })}
        />
        <CapInputs
          label={t('protection.caps.forEach')}
          path={path}
          values={entry.caps}
          problemOf={problemOf}
          onChange={(caps) => onChange({ ...entry, caps })}
        />
        <Group>
          <Button size="xs" variant="default" onClick={onDelete}>
            {t('protection.caps.delete')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
