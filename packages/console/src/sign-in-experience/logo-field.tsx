import { Button, Group, Text, TextInput } from '@mantine/core';
import { type ChangeEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconUpload, IconX } from '../shell/icons.tsx';
import { dataUriOf, imageTypes } from './image-file.ts';
import classes from './logo-field.module.css';

type Props = {
  label: string;
  description: string;
  /** An address, or an image as a data URI. */
  value: string;
  isOnDark: boolean;
  error: string | undefined;
  onChange: (value: string) => void;
};

/** A logo: a link to one, or an image of this computer. */
export function LogoField({ label, description, value, isOnDark, error, onChange }: Props) {
  const { t } = useTranslation();
  const [isRefused, setRefused] = useState(false);
  const [broken, setBroken] = useState<string>();
  const picker = useRef<HTMLInputElement>(null);
  const isUploaded = value.startsWith('data:');
  const take = async ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    const [file] = currentTarget.files ?? [];
    const image = file && (await dataUriOf(file));
    setRefused(file !== undefined && image === undefined);
    if (image !== undefined) onChange(image);
    // The same file may be chosen again after it was changed.
    if (picker.current) picker.current.value = '';
  };
  return (
    <div>
      <TextInput
        type={isUploaded ? 'text' : 'url'}
        label={label}
        description={description}
        placeholder="https://example.com/logo.svg"
        autoComplete="off"
        value={isUploaded ? t('signInExperience.brand.uploaded') : value}
        readOnly={isUploaded}
        error={error ?? ((isRefused || broken === value) && t('signInExperience.brand.badImage'))}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Group gap="xs" mt="xs">
        {value !== '' && (
          <span className={classes.frame} data-dark={isOnDark}>
            {isUploaded && broken !== value ? (
              <img src={value} alt={label} className={classes.image} onError={() => setBroken(value)} />
            ) : (
              <Text size="xs">{isUploaded ? label : linkName(value)}</Text>
            )}
          </span>
        )}
        <Button
          size="xs"
          variant="default"
          leftSection={<IconUpload size={14} />}
          aria-label={t('signInExperience.brand.uploadOf', { label })}
          onClick={() => picker.current?.click()}
        >
          {t('signInExperience.brand.upload')}
        </Button>
        {value !== '' && (
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            leftSection={<IconX size={14} />}
            aria-label={t('signInExperience.brand.removeOf', { label })}
            onClick={() => {
              setRefused(false);
              onChange('');
            }}
          >
            {t('signInExperience.brand.remove')}
          </Button>
        )}
        <input ref={picker} type="file" hidden accept={imageTypes.join(',')} onChange={(event) => void take(event)} />
      </Group>
    </div>
  );
}

/** The last part of an address. */
const linkName = (link: string) => link.split(/[/?#]/).filter(Boolean).at(-1) ?? link;
