import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { systemQuery } from '../api/system.ts';
import { useMay } from '../session/role.tsx';

/** To where a connector that is missing can be asked for, or how to name such a place. */
export function FeedbackLink() {
  const { t } = useTranslation();
  const { data } = useQuery({ ...systemQuery, enabled: useMay('operator') });
  if (!data) return null;
  if (!data.feedbackUrl) {
    return (
      <Text size="sm" c="dimmed">
        {t('connectors.choose.nowhereToAsk')}
      </Text>
    );
  }
  return (
    <Anchor href={data.feedbackUrl} target="_blank" rel="noopener noreferrer" size="sm">
      {t('connectors.choose.ask')}
    </Anchor>
  );
}
