import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Connector, isConflict, liveConnectorQuery } from '../api/connectors.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { ConflictNotice } from './conflict-notice.tsx';
import type { DraftState } from './use-draft.ts';
import { useIsTold } from './use-is-told.ts';

type Props = {
  channel: Connector['type'];
  error: unknown;
  state: DraftState;
};

/** Why a configuration was not saved, until it is changed. What stands at the fields is not said again. */
export function SaveFailure({ channel, error, state }: Props) {
  const { t } = useTranslation();
  const isTold = useIsTold(error, state.draft);
  const { data: current = null } = useQuery(liveConnectorQuery(channel));
  if (isConflict(error)) return <ConflictNotice channel={channel} current={current} />;
  if (!isTold) return null;
  if (!state.isToldAtFields) return <ErrorNotice error={error} />;
  return (
    <Text size="sm" c="var(--mantine-color-error)" role="alert">
      {t('forms.fixFields')}
    </Text>
  );
}
