import { Text } from '@mantine/core';
import { LinkedText } from '../shell/linked-text.tsx';
import { useConnectorWords } from '../shell/use-connector-words.ts';

/** What a failure means, in the language of the Console where the connector speaks it; the rest is in English. */
export function FailureWords({ failure, factoryId }: { failure: Words; factoryId: string | null }) {
  const { text, rest } = useConnectorWords(factoryId)({ ...failure, message: failure.message ?? '' });
  return (
    <>
      {text !== '' && <Text size="sm">{text}</Text>}
      {rest !== '' && (
        <Text size="sm" lang="en" {...(text !== '' && { c: 'dimmed' })}>
          <LinkedText text={rest} />
        </Text>
      )}
    </>
  );
}

type Words = { message: string | undefined; providerCode: string | undefined };
