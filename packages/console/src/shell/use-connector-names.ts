import { useQuery } from '@tanstack/react-query';
import { factoriesQuery } from '../api/connectors.ts';
import { useConnectorText } from '../i18n/use-connector-text.ts';

type Known = { id: string; name: string; channel: string };

/**
 * The names of the connectors, and what messages travel by, by the ids of their factories; the id itself where the name is
 * not known.
 */
export function useConnectorNames(): { nameOf: (id: string) => string; known: Known[] } {
  const { data: factories = [] } = useQuery(factoriesQuery);
  const textOf = useConnectorText();
  const known = factories.map((factory) => ({ id: factory.id, name: textOf(factory).name, channel: factory.type }));
  return { known, nameOf: (id) => known.find((each) => each.id === id)?.name ?? id };
}
