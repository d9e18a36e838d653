import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DeliveryState } from './delivery-states.ts';

const colors: Record<DeliveryState, string> = { waiting: 'gray', delivered: 'green', failed: 'red' };

/** What became of an event that a webhook is told of. */
export function StateBadge({ state }: { state: DeliveryState }) {
  const { t } = useTranslation();
  return (
    <Badge variant="dot" color={colors[state]} tt="none">
      {t(`webhooks.state.${state}`)}
    </Badge>
  );
}
