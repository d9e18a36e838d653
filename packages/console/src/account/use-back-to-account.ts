import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { sessionQuery } from '../session/session.ts';
import { sessionsQuery } from './account-api.ts';

/** Closes a dialog of the account, whose page then shows what became of it. */
export function useBackToAccount(): () => void {
  const navigate = useNavigate();
  const queries = useQueryClient();
  return () => {
    void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
    void queries.invalidateQueries({ queryKey: sessionsQuery.queryKey });
    void navigate({ to: '/account' });
  };
}
