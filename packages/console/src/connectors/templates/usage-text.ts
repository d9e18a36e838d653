import { knownUsageTypes } from '@sesame/connector-kit';
import { useTranslation } from 'react-i18next';

/** The name of a usage type, and when its messages are sent. */
export function useUsageText(): (usageType: string) => { name: string; scenario: string } {
  const { t } = useTranslation();
  return (usageType) => {
    const known = knownUsageTypes.find((each) => each === usageType);
    if (!known) return { name: usageType, scenario: t('connectors.usage.ownScenario') };
    return { name: known, scenario: t(`connectors.usage.${known}`) };
  };
}
