import { knownUsageTypes } from '@sesame/connector-kit';
import type { TFunction } from 'i18next';
import { ofChannel } from './of-channel.ts';

const known = (usageType: string) => knownUsageTypes.find((each) => each === usageType);

/** The name of a usage type. One of the operator's own is called as it is. */
export function usageName(t: TFunction, usageType: string): string {
  const name = known(usageType);
  return name ? t(`connectors.usageName.${name}`) : usageType;
}

/** When messages of a usage type are sent by a channel. */
export function usageScenario(t: TFunction, usageType: string, channel: string): string {
  const name = known(usageType);
  return name ? t(`connectors.usage.${name}`, ofChannel(channel)) : t('connectors.usage.ownScenario');
}
