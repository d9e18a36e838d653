import { Button, Group, Text, Textarea } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { directionOf } from '../../../pages/src/language.ts';
import type { DefaultText } from './phrases-api.ts';
import classes from './texts-tab.module.css';

type Props = {
  ours: DefaultText;
  language: string;
  /** Empty where ours is shown. */
  own: string;
  error: string | undefined;
  onChange: (key: string, text: string) => void;
};

const charactersOfLine = 48;
const maxRows = 5;

/** A text of the pages: ours in the background, and the operator's own. */
export function TextRow({ ours: { key, text, placeholders }, language, own, error, onChange }: Props) {
  const { t } = useTranslation();
  const input = useRef<HTMLTextAreaElement>(null);
  const rows = Math.min(maxRows, Math.ceil(Math.max(text.length, own.length) / charactersOfLine)) || 1;
  const insert = (placeholder: string) => {
    const { selectionStart = own.length, selectionEnd = own.length } = input.current ?? {};
    onChange(key, own.slice(0, selectionStart) + placeholder + own.slice(selectionEnd));
    input.current?.focus();
  };
  return (
    <div>
      <Textarea
        ref={input}
        label={<span className={classes.key}>{key}</span>}
        placeholder={text}
        rows={rows}
        maxLength={2000}
        lang={language}
        dir={directionOf(language)}
        value={own}
        error={error}
        // A text is one line of a page.
        onChange={(event) => onChange(key, event.currentTarget.value.replace(/\s*\n\s*/g, ' '))}
      />
      <Group gap="xs" mt={4}>
        {placeholders.map((placeholder) => (
          <Button
            key={placeholder}
            variant="default"
            size="compact-xs"
            aria-label={t('signInExperience.texts.insert', { placeholder, key })}
            onClick={() => insert(placeholder)}
          >
            {placeholder}
          </Button>
        ))}
        {own !== '' && (
          <>
            <Text size="xs" c="dimmed" flex="1 1 12rem" lang={language} dir={directionOf(language)}>
              {text}
            </Text>
            <Button
              variant="subtle"
              size="compact-xs"
              aria-label={t('signInExperience.texts.oursOf', { key })}
              onClick={() => onChange(key, '')}
            >
              {t('signInExperience.texts.ours')}
            </Button>
          </>
        )}
      </Group>
    </div>
  );
}
