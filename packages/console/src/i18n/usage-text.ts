import { knownUsageTypes } from '@sesame/connector-kit';
import type { TFunction } from 'i18next';

const known = (usageType: string) => knownUsageTypes.find((each) => each === usageType);

/** The name of a usage type. One of the operator's own is called as it is. */
export function usageName(t: TFunction, usageType: string): string {
  const name = known(usageType);
  return name ? t(`connectors.usageName.${name}`) : usageType;
}

/** When messages of a usage type are sent; `words` are those of the channel. */
export function usageScenario(t: TFunction, usageType: string, words: { identifier: string }): string {
  const name = known(usageType);
  return name ? t(`connectors.usage.${name}`, words) : t('connectors.usage.ownScenario');
}
