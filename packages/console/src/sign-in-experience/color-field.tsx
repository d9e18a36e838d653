import { Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { brandShades } from '../../../pages/src/brand-colors.ts';
import classes from './color-field.module.css';
import { isColor } from './experience-problems.ts';

type Props = {
  label: string;
  value: string;
  /** The pages that it is for. */
  on: 'light' | 'dark';
  error: string | undefined;
  onChange: (value: string) => void;
};

/** A colour, picked or typed, and what the pages make of it where it cannot be read. */
export function ColorField({ label, value, on, error, onChange }: Props) {
  const { t } = useTranslation();
  const shade = isColor(value) ? brandShades(value.toLowerCase(), on).text : undefined;
  return (
    <div>
      <TextInput
        label={label}
        value={value}
        error={error}
        maxLength={7}
        maw="14rem"
        spellCheck={false}
        autoComplete="off"
        leftSection={
          <input
            type="color"
            className={classes.picker}
            aria-label={t('signInExperience.brand.pick', { label })}
            value={isColor(value) ? value.toLowerCase() : '#000000'}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
        }
        onChange={(event) => onChange(event.currentTarget.value.trim())}
      />
      <Text size="sm" mt={4} role="status">
        {shade !== undefined &&
          (shade === value.toLowerCase()
            ? t('signInExperience.brand.readable')
            : t('signInExperience.brand.hardToRead', { shade }))}
      </Text>
    </div>
  );
}
