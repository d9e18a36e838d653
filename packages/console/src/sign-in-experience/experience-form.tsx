import { Skeleton, Stack, Tabs } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { takeAnswer } from '../api/take-answer.ts';
import { SavedForm } from '../forms/saved-form.tsx';
import { type FormState, useForm } from '../forms/use-form.ts';
import { Changeable } from '../session/role.tsx';
import { Part } from '../shell/part.tsx';
import { BrandTab } from './brand-tab.tsx';
import { CodesTab } from './codes-tab.tsx';
import { ContentTab } from './content-tab.tsx';
import { changeExperience, experienceQuery, type SignInExperience } from './experience-api.ts';
import { changeOf, differenceOf } from './experience-change.ts';
import classes from './experience-form.module.css';
import { problemsIn } from './experience-problems.ts';
import type { ExperienceSearch } from './experience-search.ts';
import { type ExperienceValues, placeOf, valuesOf } from './experience-values.ts';
import { PasswordsTab } from './passwords-tab.tsx';
import { type OwnPhrases, phrasesChange, phrasesQuery } from './phrases-api.ts';
import { PreviewPanel } from './preview-panel.tsx';
import type { Previewed } from './preview-query.ts';
import { type Tab, tabs } from './tabs.ts';
import { WaysTab } from './ways-tab.tsx';

const route = getRouteApi('/signed-in/frame/sign-in-experience');
/** Most who come here have no words of their own. */
const TextsTab = lazy(async () => ({ default: (await import('./texts-tab.tsx')).TextsTab }));
const CssTab = lazy(async () => ({ default: (await import('./css-tab.tsx')).CssTab }));
const panels = { brand: BrandTab, ways: WaysTab, passwords: PasswordsTab, content: ContentTab, codes: CodesTab };
const panelTabs = Object.keys(panels) as (keyof typeof panels)[];

type Stored = { experience: SignInExperience; phrases: OwnPhrases };

const valuesIn = ({ experience, phrases }: Stored) => valuesOf(experience, phrases);

/** The whole sign-in experience in one form, a tab at a time. */
export function ExperienceForm({ stored }: { stored: Stored }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = route.useNavigate();
  const search = route.useSearch();
  const form = useForm(valuesIn(stored));
  const { tab = 'brand', language = form.values.fallbackLanguage } = search;
  const [pageOfText, setPageOfText] = useState<Previewed['page']>();
  const show = (part: ExperienceSearch) =>
    navigate({ search: (before) => ({ ...before, ...part }), replace: true, resetScroll: false, ignoreBlocker: true });
  const read = async (): Promise<Stored> => {
    const [experience, phrases] = await Promise.all([
      queries.fetchQuery({ ...experienceQuery, staleTime: 0 }),
      queries.fetchQuery({ ...phrasesQuery, staleTime: 0 }),
    ]);
    return { experience, phrases };
  };
  const save = async ({ start, values }: Pick<FormState<ExperienceValues>, 'start' | 'values'>): Promise<Stored> => {
    const { stored: phrases, customPhrases } = await phrasesChange(start.customPhrases, values.customPhrases);
    const change = differenceOf(changeOf(start), changeOf(values));
    const experience = await changeExperience({ ...change, ...(customPhrases && { customPhrases }) });
    return { experience, phrases };
  };
  return (
    <div className={classes.whole}>
      <div className={classes.columns}>
        <SavedForm
          form={form}
          ownPath="/sign-in-experience"
          read={read}
          save={save}
          valuesOf={valuesIn}
          check={(values) => problemsIn(t, values)}
          onSaved={({ experience, phrases }) => {
            takeAnswer(queries, experienceQuery.queryKey, experience);
            takeAnswer(queries, phrasesQuery.queryKey, phrases);
          }}
          onRefused={(problems) => {
            const places = problems.map(({ path }) => placeOf(path));
            const [first] = places;
            if (first && !places.includes(tab)) void show({ tab: first }).then(form.focusFirst);
          }}
        >
          <Tabs value={tab} keepMounted={false} onChange={(next) => void show({ tab: next as Tab })}>
            <Tabs.List className={classes.tabs}>
              {tabs.map((each) => (
                <Tabs.Tab key={each} value={each}>
                  {t(`signInExperience.tabs.${each}`)}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            {panelTabs.map((each) => {
              const Fields = panels[each];
              return (
                <Tabs.Panel key={each} value={each} pt="md">
                  <Changeable as="operator">
                    <Stack>
                      <Fields form={form} />
                    </Stack>
                  </Changeable>
                </Tabs.Panel>
              );
            })}
            <Tabs.Panel value="css" pt="md">
              <Changeable as="operator">
                <Part fallback={<Skeleton height={320} />}>
                  <CssTab form={form} />
                </Part>
              </Changeable>
            </Tabs.Panel>
            <Tabs.Panel value="texts" pt="md">
              <Part fallback={<Skeleton height={320} />}>
                <TextsTab
                  form={form}
                  language={language}
                  search={search}
                  onSearch={(part) => void show(part)}
                  onShow={setPageOfText}
                />
              </Part>
            </Tabs.Panel>
          </Tabs>
        </SavedForm>
        <div className={classes.preview}>
          <PreviewPanel values={form.values} tab={tab} text={{ language, page: pageOfText }} />
        </div>
      </div>
    </div>
  );
}
