import { NativeSelect, Skeleton, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '../api/api-error.ts';
import { Panel } from '../forms/panel.tsx';
import { cssSentences } from '../forms/problems.ts';
import { DocumentFrame } from '../shell/document-frame.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { changeOf } from './experience-change.ts';
import type { ExperienceValues } from './experience-values.ts';
import { languageName, pageLanguages } from './page-languages.ts';
import { treeOf } from './phrases-api.ts';
import classes from './preview-panel.module.css';
import { colorSchemes, type Previewed, previewPages, previewQuery } from './preview-query.ts';
import type { Tab } from './tabs.ts';

const typingPauseMs = 250;
/** Where the fields of a tab show best. */
const pageOfTab = {
  brand: 'sign-in',
  css: 'sign-in',
  ways: 'sign-in',
  passwords: 'new-password',
  content: 'register',
  texts: 'sign-in',
  codes: 'code',
} as const;

type Props = {
  values: ExperienceValues;
  tab: Tab;
  /** Where the tab with the texts is. */
  text: { language: string; page: Previewed['page'] | undefined };
};

/** Hosted pages on a phone, with the values of the form, saved or not. */
export function PreviewPanel({ values, tab, text }: Props) {
  const { t } = useTranslation();
  const [chosenPage, setPage] = useState<Previewed['page']>();
  const [chosenLanguage, setLanguage] = useState<Previewed['language']>();
  const [colorScheme, setColorScheme] = useState<Previewed['colorScheme']>('light');
  const [shown] = useDebouncedValue(values, typingPauseMs);
  const ofText = tab === 'texts' ? text : undefined;
  const language = ofText?.language ?? chosenLanguage ?? shown.fallbackLanguage;
  const previewed: Previewed = {
    change: changeOf(shown),
    page: ofText?.page ?? chosenPage ?? pageOfTab[tab],
    language,
    phrases: treeOf(shown.customPhrases[language]),
    colorScheme,
  };
  const isListed = pageLanguages.some(({ value }) => value === language);
  const languages = isListed ? pageLanguages : [...pageLanguages, { value: language, label: languageName(language) }];
  const { data, error, refetch } = useQuery(previewQuery(previewed));
  // What is half typed leaves the page as it was.
  const [lastHtml, setLastHtml] = useState<string>();
  if (data && data.html !== lastHtml) setLastHtml(data.html);
  // What is wrong stands at its field, once somebody saves; a stylesheet is told line by line as it is written.
  const isUnfinished = error !== null && toApiError(error).status === 400;
  return (
    <Panel title={t('signInExperience.preview.title')} lead={t('signInExperience.preview.lead')}>
      <div className={classes.choices}>
        <NativeSelect
          size="xs"
          label={t('signInExperience.preview.page')}
          value={previewed.page}
          data={previewPages.map((value) => ({ value, label: t(`signInExperience.preview.pages.${value}`) }))}
          onChange={(event) => setPage(event.currentTarget.value as Previewed['page'])}
        />
        <NativeSelect
          size="xs"
          label={t('signInExperience.preview.language')}
          value={previewed.language}
          data={languages}
          disabled={ofText !== undefined}
          onChange={(event) => setLanguage(event.currentTarget.value as Previewed['language'])}
        />
        <NativeSelect
          size="xs"
          label={t('signInExperience.preview.device')}
          value={colorScheme}
          data={colorSchemes.map((value) => ({ value, label: t(`signInExperience.preview.${value}`) }))}
          onChange={(event) => setColorScheme(event.currentTarget.value as Previewed['colorScheme'])}
        />
      </div>
      <Stack gap="xs">
        <Text size="sm" role="status" className={classes.status}>
          {isUnfinished &&
            [
              t('signInExperience.preview.unfinished'),
              ...(tab === 'css' ? cssSentences(t, toApiError(error)) : []),
            ].join('\n')}
        </Text>
        {error && !isUnfinished && <ErrorNotice error={error} onRetry={refetch} />}
        {!lastHtml && !error && <Skeleton height={400} />}
        {lastHtml && <Phone html={lastHtml} title={t('signInExperience.preview.title')} />}
      </Stack>
    </Panel>
  );
}

/** The page cannot be used here, and runs no script; it has the policy of the Console. */
function Phone({ html, title }: { html: string; title: string }) {
  return (
    <div className={classes.phone}>
      <div className={classes.screen}>
        <DocumentFrame html={html} title={title} inert className={classes.page} />
      </div>
    </div>
  );
}
