import { Alert, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { fraudPolicyQuery, isServed } from '../api/protection.ts';
import { countryName } from '../lists/countries.ts';
import { ServeCountryButton } from '../lists/serve-country-button.tsx';

/** That the country of a message gets no codes any more, and the way to open it again; nothing where it does. */
export function ClosedCountry({ country }: { country: string }) {
  const { t, i18n } = useTranslation();
  const { data: policy } = useQuery(fraudPolicyQuery);
  if (policy?.mode !== 'enforce' || isServed(policy, country)) return null;
  const name = countryName(country, i18n.language);
  return (
    <Alert variant="outline" color="orange" title={t('protection.country.isClosed', { name })}>
      <Group justify="space-between">
        <Text size="sm" flex="1 1 16rem">
          {t('protection.country.isClosedText')}
        </Text>
        <ServeCountryButton country={country} isServed={false} />
      </Group>
    </Alert>
  );
}
