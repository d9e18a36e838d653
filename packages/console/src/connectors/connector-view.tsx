import { Alert, Stack, Tabs, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '../api/api-error.ts';
import {
  type Connector,
  isConflict,
  knownConnector,
  setUpConnectorsQuery,
  takeForLive,
  updateConnector,
} from '../api/connectors.ts';
import { SaveBar } from '../forms/save-bar.tsx';
import { Allowed, Changeable } from '../session/role.tsx';
import { PageLink } from '../shell/links.tsx';
import { tellSuccess } from '../shell/notices.ts';
import { EnableCodesNotice } from '../sign-in-experience/enable-codes-notice.tsx';
import { channelWords, rowOf } from './channel-rows.ts';
import { ConnectorHead } from './connector-head.tsx';
import { ConnectorMessages } from './connector-messages.tsx';
import { Deliverability } from './deliverability.tsx';
import { DeliveryReports } from './delivery-reports.tsx';
import { type Draft, defaultsOf, isShown } from './draft.ts';
import { ParameterForm } from './parameter-form.tsx';
import { SaveFailure } from './save-failure.tsx';
import { StepCard } from './step-card.tsx';
import { type Tab, tabs } from './tabs.ts';
import { isTemplatesItem } from './templates/read-templates.ts';
import { TestPanel } from './test-panel.tsx';
import { useDraft } from './use-draft.ts';

const route = getRouteApi('/signed-in/frame/connectors/$id');

/** Everything about one connector: its parameters, its templates, its messages, and what can be done with it. */
export function ConnectorView({ connector }: { connector: Connector }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id } = connector;
  const { tab: asked = 'settings' } = route.useSearch();
  const show = (next: Tab) =>
    navigate({
      to: '/connectors/$id',
      params: { id },
      search: (before) => ({ ...before, tab: next }),
      replace: true,
      ignoreBlocker: true,
    });
  /** A field that is at fault may be on the other tab. */
  const showField = async (key: string | undefined) => {
    const place = key === undefined ? undefined : tabOf(key);
    if (place !== undefined && place !== tab) await show(place);
  };
  const { state, saving, version } = useSaving(connector, showField);
  const hasTemplates = state.items.some((item) => isTemplatesItem(item) && isShown(state.items, item, state.draft));
  const shown = tabs.filter((each) => each !== 'templates' || hasTemplates);
  const tab = shown.includes(asked) ? asked : 'settings';
  return (
    <Stack gap="lg">
      <ConnectorHead connector={connector} />
      {connector.origin === 'not-installed' && (
        <Alert variant="outline" color="orange" title={t('connectors.origin.gone')}>
          {t('connectors.origin.goneNext')}
        </Alert>
      )}
      {connector.state === 'not-configured' && (
        <Alert variant="outline" color="orange" title={t('connectors.unconfigured.title')}>
          {t('connectors.unconfigured.next')}
        </Alert>
      )}
      {connector.state === 'live' && <EnableCodesNotice channel={rowOf(connector.type).channel} />}
      <Tabs value={tab} keepMounted={false} onChange={(next) => void show(next as Tab)}>
        <Tabs.List>
          {shown.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(`connectors.tabs.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {(['settings', 'templates'] as const).map((each) => (
          <Tabs.Panel key={each} value={each} pt="lg">
            <Stack gap="lg">
              <StepCard
                title={
                  each === 'settings'
                    ? t('connectors.step1')
                    : t('connectors.templates.title', channelWords(t, connector.type))
                }
              >
                {each === 'templates' && connector.type === 'Email' && (
                  <Text size="sm">
                    {t('connectors.emailTemplates.goBefore')}{' '}
                    <PageLink to="/connectors/email-templates" underline="always" size="sm">
                      {t('connectors.emailTemplates.title')}
                    </PageLink>
                  </Text>
                )}
                <Changeable as="operator">
                  <ParameterForm key={version} channel={connector.type} state={state} only={each} />
                </Changeable>
              </StepCard>
              <Allowed as="operator">
                <StepCard title={t('connectors.step2')}>
                  <TestPanel factoryId={connector.connectorId} channel={connector.type} state={state} />
                </StepCard>
              </Allowed>
              {each === 'settings' && <DeliveryReports id={id} />}
              {each === 'settings' &&
                connector.type === 'Email' &&
                connector.state !== 'previous' &&
                !connector.isDemo && <Deliverability factoryId={connector.connectorId} state={state} />}
            </Stack>
          </Tabs.Panel>
        ))}
        <Tabs.Panel value="messages" pt="lg">
          <ConnectorMessages factoryId={connector.connectorId} />
        </Tabs.Panel>
      </Tabs>
      <SaveBar
        isDirty={state.isDirty}
        isSaving={saving.isPending}
        ownPath={`/connectors/${id}`}
        submit={isConflict(saving.error) ? t('connectors.conflict.anyway') : undefined}
        left={state.left}
        onSave={async () => {
          await showField(state.firstWrong());
          if (state.check()) saving.mutate(state.draft);
        }}
        onDiscard={() => {
          state.reset();
          saving.reset();
        }}
      >
        <SaveFailure channel={connector.type} error={saving.error} state={state} />
      </SaveBar>
    </Stack>
  );
}

const tabOf = (key: string): Tab => (isTemplatesItem({ key, type: 'Json' }) ? 'templates' : 'settings');

/** The draft, and how it is saved; a configuration that others saved is taken over while nothing was typed here. */
function useSaving(connector: Connector, showField: (key: string | undefined) => Promise<void>) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [seen, setSeen] = useState(connector.updatedAt);
  const { config } = connector;
  const isNew = connector.state === 'not-configured';
  const state = useDraft(connector.connectorId, connector.formItems, isNew ? defaultsOf(connector.formItems) : config);
  const { isDirty, restart } = state;
  useEffect(() => {
    if (isDirty || connector.updatedAt === seen) return;
    restart(connector.config);
    setSeen(connector.updatedAt);
  }, [connector, seen, isDirty, restart]);
  const saving = useMutation({
    mutationFn: (_draft: Draft) => updateConnector(connector.id, state.config(), seen),
    onSuccess: (saved, sent) => {
      takeForLive(queries, connector.type, saved);
      state.restart(saved.config, sent);
      setSeen(saved.updatedAt);
      tellSuccess(t('connectors.changesSaved'));
    },
    onError: async (error, sent) => {
      if (!isConflict(error)) return showField(state.refuse(toApiError(error), sent));
      await queries.invalidateQueries({ queryKey: setUpConnectorsQuery.queryKey });
      // Told once; whoever saves again after that means it.
      setSeen(knownConnector(queries, connector.id)?.updatedAt ?? seen);
    },
  });
  return { state, saving, version: seen };
}
