import { Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './color-field.module.css';
import { contrastOf, readableContrast } from './contrast.ts';
import { isColor } from './experience-problems.ts';

type Props = {
  label: string;
  value: string;
  /** What the colour stands on, as #rrggbb. */
  background: string;
  error: string | undefined;
  onChange: (value: string) => void;
};

/** A colour, picked or typed, with how well it can be read. */
export function ColorField({ label, value, background, error, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const contrast = isColor(value) ? contrastOf(value, background) : undefined;
  const ratio = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 }).format(contrast ?? 0);
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
        {contrast !== undefined &&
          t(contrast >= readableContrast ? 'signInExperience.brand.readable' : 'signInExperience.brand.hardToRead', {
            ratio,
          })}
      </Text>
    </div>
  );
}
