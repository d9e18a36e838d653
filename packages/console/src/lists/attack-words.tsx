import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Attack } from '../api/protection.ts';
import { sentences } from '../i18n/sentence-space.ts';
import { countryName } from './countries.ts';
import { moneyList, moneyText } from './money-text.ts';

/** What an attack is called: by the country that it is on. */
export function useAttackName(): (attack: Pick<Attack, 'country'>) => string {
  const { t, i18n } = useTranslation();
  return ({ country }) =>
    t('lists.attack.on', { name: country === null ? t('lists.noCountry') : countryName(country, i18n.language) });
}

/** How much an attack stopped, what went out all the same, and what either costs: the same words wherever it is told of. */
export function AttackWords({ attack }: { attack: Attack }) {
  const { t, i18n } = useTranslation();
  const { refused, failedChecks, recorded, sent, costs, saved } = attack;
  const stopped = refused + failedChecks;
  return (
    <>
      <Text size="sm" fw={600}>
        {sentences(i18n.language, [
          stopped > 0 && t('lists.attack.stopped', { count: stopped }),
          recorded > 0 && t('lists.attack.recorded', { count: recorded }),
        ])}
      </Text>
      <Text size="sm">
        {sentences(i18n.language, [
          sent === 0
            ? t('lists.attack.noneSent')
            : t('lists.attack.sent', { count: sent, cost: moneyList(costs, i18n.language) }),
          stopped > 0 && t('lists.attack.saved', { saved: moneyText(saved, i18n.language) }),
        ])}
      </Text>
    </>
  );
}
