import { Button, Group, Skeleton, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../forms/panel.tsx';
import type { FormState } from '../forms/use-form.ts';
import { typedText } from '../lists/list-search.ts';
import { Changeable } from '../session/role.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { IconSearch } from '../shell/icons.tsx';
import type { ExperienceSearch } from './experience-search.ts';
import type { ExperienceValues } from './experience-values.ts';
import { LanguageChoice } from './language-choice.tsx';
import { type DefaultText, defaultPhrasesQuery, type OwnPhrases } from './phrases-api.ts';
import type { Previewed } from './preview-query.ts';
import { TextRow } from './text-row.tsx';
import classes from './texts-tab.module.css';

type Props = {
  form: FormState<ExperienceValues>;
  language: string;
  search: ExperienceSearch;
  /** Told what else is looked at. */
  onSearch: (part: ExperienceSearch) => void;
  /** Told where the text that is being changed can be seen. */
  onShow: (page: Previewed['page']) => void;
};

/** How long a person has to pause before what is searched is in the address, in milliseconds. */
const pauseMs = 300;

/** The words of the pages, ours and the operator's own, a language at a time. */
export function TextsTab({ form, language, search, onSearch, onShow }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(search.find ?? '');
  const findSoon = useDebouncedCallback((find: string) => onSearch({ find: find || undefined }), pauseMs);
  const isChangedOnly = search.own !== undefined;
  const { data, error, refetch } = useQuery(defaultPhrasesQuery(language));
  const { customPhrases: phrases } = form.values;
  const own = phrases[language] ?? {};
  const { change } = form;
  const set = (texts: OwnPhrases[string]) => change('customPhrases', { ...phrases, [language]: texts });
  const setOne = (key: string, text: string) => {
    const { [key]: _, ...rest } = own;
    set(text === '' ? rest : { ...rest, [key]: text });
    const page = pageOf(key);
    if (page) onShow(page);
  };
  const shown = data?.texts.filter((one) => isFound(one, own[one.key], typed) && (!isChangedOnly || own[one.key]));
  const count = Object.keys(own).length;
  return (
    <Panel title={t('signInExperience.texts.title')} lead={t('signInExperience.texts.lead')}>
      <LanguageChoice language={language} phrases={phrases} onChange={(language) => onSearch({ language })} />
      {data && !data.isTranslated && <Text size="sm">{t('signInExperience.texts.english')}</Text>}
      <TextInput
        type="search"
        label={t('signInExperience.texts.search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={typed}
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          findSoon(typedText(event.currentTarget.value));
        }}
      />
      <Group justify="space-between">
        <Switch
          label={t('signInExperience.texts.changedOnly', { count })}
          checked={isChangedOnly}
          onChange={(event) => onSearch({ own: event.currentTarget.checked ? 'yes' : undefined })}
        />
        <Changeable as="operator">
          <Button variant="default" size="xs" disabled={count === 0} onClick={() => set({})}>
            {t('signInExperience.texts.allOurs')}
          </Button>
        </Changeable>
      </Group>
      {error && <ErrorNotice error={error} onRetry={refetch} />}
      {!data && !error && <Skeleton height={320} />}
      <Text size="sm" c="dimmed" role="status">
        {shown && t('signInExperience.texts.found', { count: shown.length })}
      </Text>
      <Changeable as="operator">
        <Stack gap="lg" className={classes.texts}>
          {shown?.map((one) => (
            <TextRow
              key={one.key}
              ours={one}
              language={language}
              own={own[one.key] ?? ''}
              error={form.problemOf(`customPhrases.${language}.${one.key}`)}
              onChange={setOne}
            />
          ))}
        </Stack>
      </Changeable>
    </Panel>
  );
}

function isFound({ key, text }: DefaultText, own = '', search: string): boolean {
  const found = `${key} ${text} ${own}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => found.includes(word));
}

const pages: Readonly<Record<string, Previewed['page']>> = {
  signIn: 'sign-in',
  register: 'register',
  code: 'code',
  verify: 'second-step',
  forgot: 'forgot-password',
  password: 'new-password',
};

/** The page of the preview that has a text, as far as its name tells. */
const pageOf = (key: string) => pages[key.split('.')[0] ?? ''];
