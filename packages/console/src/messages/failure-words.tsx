import { Text } from '@mantine/core';
import { LinkedText } from '../shell/linked-text.tsx';
import { useMeaning } from '../shell/use-meaning.ts';
import type { Failure } from './failure.ts';

/** What a failure means: in the language of the Console where the connector says it there, then in one sentence of ours. */
export function FailureWords({ failure, factoryId }: { failure: Failure; factoryId: string | null }) {
  const meaning = useMeaning(factoryId, failure.providerCode);
  return (
    <>
      {meaning !== undefined && <Text size="sm">{meaning}</Text>}
      {failure.message !== undefined && (
        <Text size="sm" lang="en" {...(meaning !== undefined && { c: 'dimmed' })}>
          <LinkedText text={failure.message} />
        </Text>
      )}
    </>
  );
}
