import { type Translated, translateSentences } from '@sesame/connector-kit';
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { factoriesQuery } from '../api/connectors.ts';

/** What a connector said, and the provider's own code that it is about. */
type Said = { message: string; providerCode?: unknown };

/**
 * Says what a connector says in the language of the Console, and tells what is left over in English: by its sentences,
 * else by what the provider's code means. All of it is left over where the connector does not speak the language.
 */
export function useConnectorWords(factoryId: string | null): (said: Said) => Translated {
  const { i18n } = useTranslation();
  const { data: factories = [] } = useQuery(factoriesQuery);
  const spoken = factories.find(({ id }) => id === factoryId)?.translations?.[i18n.language];
  return useCallback(
    ({ message, providerCode }) => {
      const meaning = typeof providerCode === 'string' ? spoken?.meanings?.[providerCode] : undefined;
      return translateSentences(message, spoken?.sentences ?? {}) ?? { text: meaning ?? '', rest: message };
    },
    [spoken],
  );
}
