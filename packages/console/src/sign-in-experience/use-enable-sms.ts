import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { tellSuccess, useFailureNotice } from '../shell/notices.ts';
import { changeExperience, experienceQuery, withSmsSignIn } from './experience-api.ts';

/** Lets codes to phone numbers sign in, whatever was changed elsewhere meanwhile. */
export function useEnableSms() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const tellFailure = useFailureNotice();
  return useMutation({
    mutationFn: async () =>
      changeExperience(withSmsSignIn(await queries.fetchQuery({ ...experienceQuery, staleTime: 0 }))),
    onSuccess: (saved) => {
      queries.setQueryData(experienceQuery.queryKey, saved);
      tellSuccess(t('signInExperience.enableSms.done'));
    },
    onError: tellFailure,
  });
}
