import type { Channel } from '@sesame/connector-kit';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { takeAnswer } from '../api/take-answer.ts';
import { ofChannel } from '../i18n/of-channel.ts';
import { tellSuccess, useFailureNotice } from '../shell/notices.ts';
import { changeExperience, experienceQuery, withCodesOf } from './experience-api.ts';

/** Lets codes of a channel sign in, whatever was changed elsewhere meanwhile. */
export function useEnableCodes(channel: Channel) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const tellFailure = useFailureNotice();
  return useMutation({
    mutationFn: async () =>
      changeExperience(withCodesOf(channel, await queries.fetchQuery({ ...experienceQuery, staleTime: 0 }))),
    onSuccess: (saved) => {
      takeAnswer(queries, experienceQuery.queryKey, saved);
      tellSuccess(t('signInExperience.enableCodes.done', ofChannel(channel)));
    },
    onError: tellFailure,
  });
}
