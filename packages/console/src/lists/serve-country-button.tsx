import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { readPolicyAnew, serveCountry } from '../api/protection.ts';
import { Allowed } from '../session/role.tsx';
import { tellSuccess, useFailureNotice } from '../shell/notices.ts';
import { countryName } from './countries.ts';

/** Opens a country for codes by SMS where it is closed, and closes it where it is open. */
export function ServeCountryButton({ country, isServed }: { country: string; isServed: boolean }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const tellFailure = useFailureNotice();
  const name = countryName(country, i18n.language);
  const serving = useMutation({
    mutationFn: () => serveCountry(country, !isServed),
    onSuccess: () => tellSuccess(t(isServed ? 'protection.country.closed' : 'protection.country.opened', { name })),
    onError: tellFailure,
    onSettled: () => readPolicyAnew(queries),
  });
  const text = t(isServed ? 'protection.country.close' : 'protection.country.open', { name });
  return (
    <Allowed as="operator">
      <Button size="xs" variant="default" loading={serving.isPending} onClick={() => serving.mutate()}>
        {text}
      </Button>
    </Allowed>
  );
}
