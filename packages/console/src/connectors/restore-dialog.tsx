import { Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import {
  type Connector,
  connectorsKey,
  isConflict,
  liveConnectorQuery,
  restoreConnector,
  takeForLive,
} from '../api/connectors.ts';
import { useConnectorText } from '../i18n/use-connector-text.ts';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { tellSuccess } from '../shell/notices.ts';
import { ConflictNotice } from './conflict-notice.tsx';

type Props = { connector: Connector; live: Connector | null; onClose: () => void };

/** Asks before a previous configuration takes the place of the one that is alive. */
export function RestoreDialog({ connector, live, onClose }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const textOf = useConnectorText();
  const { data: current } = useQuery(liveConnectorQuery(connector.type));
  const { name } = textOf(connector);
  const restoring = useMutation({
    mutationFn: (seen: Connector | null) => restoreConnector(connector.id, seen?.id ?? null),
    onSuccess: async (restored) => {
      takeForLive(queries, connector.type, restored);
      await queries.invalidateQueries({ queryKey: connectorsKey });
      tellSuccess(t('connectors.saved', { name }));
      void navigate({ to: '/connectors/$id', params: { id: restored.id }, ignoreBlocker: true });
    },
    onError: (error) => {
      if (isConflict(error)) void queries.invalidateQueries({ queryKey: connectorsKey });
    },
  });
  const hasConflict = isConflict(restoring.error);
  const replaced = hasConflict ? (current ?? null) : live;
  return (
    <ConfirmDialog
      title={t('connectors.previous.restoreTitle', { name })}
      confirm={t(hasConflict ? 'connectors.conflict.anyway' : 'connectors.previous.restore')}
      isPending={restoring.isPending}
      error={hasConflict ? undefined : restoring.error}
      onConfirm={() => restoring.mutate(replaced)}
      onClose={onClose}
    >
      {hasConflict && <ConflictNotice channel={connector.type} current={current ?? null} />}
      <Text size="sm">
        {replaced
          ? t('connectors.previous.restoreReplaces', { name, replaced: textOf(replaced).name })
          : t('connectors.previous.restoreAlone', { name })}
      </Text>
    </ConfirmDialog>
  );
}
