import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { canonicalTag } from './language-tag.ts';
import { languageName, pageLanguages } from './page-languages.ts';
import type { OwnPhrases } from './phrases-api.ts';

type Props = { language: string; phrases: OwnPhrases; onChange: (language: string) => void };

const other = 'other';

/** Chooses a language of the pages, one that has words of the operator's own, or any other by its tag. */
export function LanguageChoice({ language, phrases, onChange }: Props) {
  const { t } = useTranslation();
  const [isOther, setOther] = useState(false);
  const [tag, setTag] = useState('');
  const [isRefused, setRefused] = useState(false);
  const known = pageLanguages.map(({ value }) => value);
  const added = [...new Set([...Object.keys(phrases), language])].filter((each) => !known.includes(each)).sort();
  const labelOf = (value: string) => {
    const count = Object.keys(phrases[value] ?? {}).length;
    return count > 0 ? `${languageName(value)} (${t('signInExperience.texts.own', { count })})` : languageName(value);
  };
  const use = () => {
    const canonical = canonicalTag(tag);
    setRefused(canonical === undefined);
    if (canonical === undefined) return;
    setOther(false);
    setTag('');
    onChange(canonical);
  };
  return (
    <>
      <NativeSelect
        label={t('signInExperience.texts.language')}
        maw="24rem"
        value={isOther ? other : language}
        data={[
          ...[...known, ...added].map((value) => ({ value, label: labelOf(value) })),
          { value: other, label: t('signInExperience.texts.other') },
        ]}
        onChange={(event) => {
          const { value } = event.currentTarget;
          setOther(value === other);
          if (value !== other) onChange(value);
        }}
      />
      {isOther && (
        <Group align="flex-start" gap="xs">
          <TextInput
            label={t('signInExperience.texts.tag')}
            description={t('signInExperience.texts.tagHelp')}
            spellCheck={false}
            autoComplete="off"
            value={tag}
            error={isRefused && t('signInExperience.texts.badTag')}
            onChange={(event) => {
              setTag(event.currentTarget.value);
              setRefused(false);
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              use();
            }}
          />
          <Button variant="default" mt="2.9rem" onClick={use}>
            {t('signInExperience.texts.use')}
          </Button>
        </Group>
      )}
    </>
  );
}
