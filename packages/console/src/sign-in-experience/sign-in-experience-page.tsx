import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { PageLink } from '../shell/links.tsx';
import { PageHeading, PageTop } from '../shell/page-heading.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { experienceQuery } from './experience-api.ts';
import { ExperienceForm } from './experience-form.tsx';
import { phrasesQuery } from './phrases-api.ts';

/** What people see when they sign up and sign in, and the rules for codes. */
export function SignInExperiencePage() {
  const { t } = useTranslation();
  const experience = useQuery(experienceQuery);
  const phrases = useQuery(phrasesQuery);
  const error = experience.error ?? phrases.error;
  const refetch = () => void Promise.all([experience.refetch(), phrases.refetch()]);
  const stored = experience.data && phrases.data && { experience: experience.data, phrases: phrases.data };
  return (
    <Stack>
      <PageTop
        lead={t('signInExperience.lead')}
        actions={
          <PageLink to="/sign-in-experience/account-center" size="sm">
            {t('signInExperience.accountCenter.title')}
          </PageLink>
        }
      >
        <PageHeading title={t('sections.signInExperience')} />
      </PageTop>
      {stored && <ExperienceForm stored={stored} />}
      {!stored && (error ? <ErrorNotice error={error} onRetry={refetch} /> : <PageSkeleton />)}
    </Stack>
  );
}
