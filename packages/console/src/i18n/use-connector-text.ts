import { useTranslation } from 'react-i18next';
import { phraseIn } from './phrase.ts';

type Described = { name: { en: string }; description: { en: string } };

/** Name and description of connectors in the language of the page. */
export function useConnectorText(): (of: Described) => { name: string; description: string } {
  const { i18n } = useTranslation();
  return ({ name, description }) => ({
    name: phraseIn(name, i18n.language),
    description: phraseIn(description, i18n.language),
  });
}
