import type { InferDataFromTag, QueryClient, QueryKey, Updater } from '@tanstack/react-query';

/**
 * Shows what a change was answered with in place of what was read before. A reading that is on its way was asked for before
 * the change, and may know nothing of it: it is given up, or its answer would put the old values back.
 */
export function takeAnswer<Key extends QueryKey, Data = InferDataFromTag<unknown, Key>>(
  queries: QueryClient,
  queryKey: Key,
  answer: Updater<Data | undefined, Data | undefined>,
): void {
  void queries.cancelQueries({ queryKey, exact: true });
  queries.setQueryData<Data>(queryKey, answer);
}
