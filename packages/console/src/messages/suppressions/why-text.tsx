import { Code } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { failureOf, maskedFailure } from '../failure.ts';
import type { Suppression } from './suppressions-api.ts';

/** Why an address gets no mail: the provider's own words, or those of the administrator. Both may quote addresses. */
export function WhyText({ of: { by, error, reason }, isShown }: { of: Suppression; isShown: boolean }) {
  const { t } = useTranslation();
  const own = reason ?? undefined;
  const failure = failureOf({ error: { ...error, ...(own !== undefined && { providerMessage: own }) } });
  const { providerCode, providerMessage } = isShown ? failure : maskedFailure(failure);
  return (
    <>
      {t(`messages.suppressions.by.${by}`)}
      {(providerCode ?? providerMessage) !== undefined && ': '}
      {providerCode !== undefined && <Code>{providerCode}</Code>}{' '}
      {providerMessage !== undefined && <q>{providerMessage}</q>}
    </>
  );
}
