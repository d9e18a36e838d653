import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { factoriesQuery } from '../api/connectors.ts';

/** What one of a provider's codes means in the language of the Console; `undefined` where its connector does not say. */
export function useMeaning(factoryId: string | null, providerCode: unknown): string | undefined {
  const { i18n } = useTranslation();
  const { data: factories = [] } = useQuery(factoriesQuery);
  const { translations } = factories.find(({ id }) => id === factoryId) ?? {};
  return typeof providerCode === 'string' ? translations?.[i18n.language]?.meanings?.[providerCode] : undefined;
}
