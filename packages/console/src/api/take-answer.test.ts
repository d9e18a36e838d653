import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { takeAnswer } from './take-answer.ts';

const queryKey = ['user', 'ada'];

/** A user that is shown and read anew, where the test says when the reading is answered. */
async function userThatIsReadAnew() {
  const queries = new QueryClient();
  const answers: ((name: string) => void)[] = [];
  const observer = new QueryObserver(queries, {
    queryKey,
    queryFn: () => new Promise<string>((resolve) => answers.push(resolve)),
  });
  observer.subscribe(() => {});
  answers[0]?.('before');
  await expect.poll(() => observer.getCurrentResult().data).toBe('before');
  void observer.refetch();
  return { queries, observer, answerLate: (name: string) => answers[1]?.(name) };
}

test('a reading that was asked for before a change does not put the old values back', async () => {
  const { queries, observer, answerLate } = await userThatIsReadAnew();
  takeAnswer(queries, queryKey, 'after');
  answerLate('before');
  await expect.poll(() => queries.isFetching()).toBe(0);
  // Whatever was to come of the late answer has come once a reading that began later is done.
  await queries.fetchQuery({ queryKey: ['something else'], queryFn: () => 'read' });
  expect(observer.getCurrentResult()).toMatchObject({ data: 'after', status: 'success', fetchStatus: 'idle' });
});

test('a change of what was read begins with what it was', async () => {
  const { queries, observer } = await userThatIsReadAnew();
  takeAnswer(queries, queryKey, (name: string | undefined) => `${name}, and after`);
  expect(observer.getCurrentResult().data).toBe('before, and after');
});
