import { List, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { connectorsKey, deleteConnector, setUpConnectorsQuery, takeForLive } from '../api/connectors.ts';
import { useConnectorText } from '../i18n/use-connector-text.ts';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { tellSuccess } from '../shell/notices.ts';
import { channelWords } from './channel-rows.ts';

const route = getRouteApi('/signed-in/frame/connectors/$id');

/** The dialog behind **Delete**: says what stops working, and has the name typed. */
export function DeleteConnector() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const textOf = useConnectorText();
  const { data: all } = useQuery(setUpConnectorsQuery);
  const live = all?.find((connector) => connector.id === id);
  const deleting = useMutation({
    mutationFn: () => deleteConnector(id),
    onSuccess: async () => {
      await navigate({ to: '/connectors', ignoreBlocker: true });
      if (live?.state === 'live') takeForLive(queries, live.type, null);
      void queries.invalidateQueries({ queryKey: connectorsKey });
      tellSuccess(t('connectors.delete.done', channelWords(t, live?.type ?? 'Sms')));
    },
  });
  if (!live) return null;
  const { name } = textOf(live);
  return (
    <ConfirmDialog
      title={t('connectors.delete.title', { name })}
      confirm={t('connectors.delete.item')}
      isDangerous
      typed={{ label: t('connectors.delete.type', { name }), text: name }}
      isPending={deleting.isPending}
      error={deleting.error}
      onConfirm={() => deleting.mutate()}
      onClose={() => void navigate({ to: '/connectors/$id', params: { id } })}
    >
      {live.state === 'live' ? (
        <WhatStops channel={live.type} />
      ) : (
        <Text size="sm">{t('connectors.unconfigured.delete')}</Text>
      )}
    </ConfirmDialog>
  );
}

function WhatStops({ channel }: { channel: string }) {
  const { t } = useTranslation();
  return (
    <>
      <Text size="sm">{t('connectors.delete.stops', channelWords(t, channel))}</Text>
      <List size="sm">
        <List.Item>{t('connectors.delete.flows')}</List.Item>
        <List.Item>{t('connectors.delete.api')}</List.Item>
      </List>
      <Text size="sm">{t('connectors.delete.kept')}</Text>
    </>
  );
}
