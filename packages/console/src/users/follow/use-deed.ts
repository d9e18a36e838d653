import { useMutation, useQueryClient } from '@tanstack/react-query';
import { tellSuccess, useFailureNotice } from '../../shell/notices.ts';
import { usersKey } from '../users-api.ts';

/** Something that is done about a user; what is shown of the user is asked for again. */
export function useDeed<Given = void>(userId: string, done: string, run: (given: Given) => Promise<unknown>) {
  const queries = useQueryClient();
  const tellFailure = useFailureNotice();
  return useMutation({
    mutationFn: run,
    onSuccess: () => tellSuccess(done),
    onError: tellFailure,
    onSettled: () => queries.invalidateQueries({ queryKey: [...usersKey, userId] }),
  });
}
