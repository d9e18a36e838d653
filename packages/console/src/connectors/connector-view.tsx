import { ActionIcon, Code, Group, Menu, Stack, Tabs, Text } from '@mantine/core';
import { IconDots, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '../api/api-error.ts';
import { LeaveGuard } from '../shell/leave-guard.tsx';
import { tellSuccess } from '../shell/notices.ts';
import { PageHeading } from '../shell/page-heading.tsx';
import { ConnectorLogo } from './connector-logo.tsx';
import { ConnectorMessages } from './connector-messages.tsx';
import { type Connector, isConflict, liveConnectorQuery, updateConnector } from './connectors-api.ts';
import { GuideButton } from './guide.tsx';
import { ParameterForm } from './parameter-form.tsx';
import { SaveBar } from './save-bar.tsx';
import { StepCard } from './step-card.tsx';
import { type Tab, tabs } from './tabs.ts';
import { TestPanel } from './test-panel.tsx';
import { useConnectorText } from './use-connector-text.ts';
import { useDraft } from './use-draft.ts';

const route = getRouteApi('/signed-in/frame/connectors/$id');

/** Everything about one connector: its parameters, its templates, its messages, and what can be done with it. */
export function ConnectorView({ connector }: { connector: Connector }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id } = connector;
  const { tab = 'settings' } = route.useSearch();
  const { state, saving, version } = useSaving(connector);
  return (
    <Stack gap="lg">
      <LeaveGuard isDirty={state.isDirty} ownPath={`/connectors/${id}`} />
      <Head connector={connector} />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) =>
          void navigate({ to: '/connectors/$id', params: { id }, search: { tab: next as Tab }, replace: true })
        }
      >
        <Tabs.List>
          {tabs.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(`connectors.tabs.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="settings" pt="lg">
          <Stack gap="lg">
            <StepCard title={t('connectors.step1')}>
              <ParameterForm key={version} state={state} only="settings" />
            </StepCard>
            <StepCard title={t('connectors.step2')}>
              <TestPanel factoryId={connector.connectorId} state={state} />
            </StepCard>
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="templates" pt="lg">
          <Stack gap="lg">
            <StepCard title={t('connectors.templates.title')}>
              <ParameterForm key={version} state={state} only="templates" />
            </StepCard>
            <StepCard title={t('connectors.step2')}>
              <TestPanel factoryId={connector.connectorId} state={state} />
            </StepCard>
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="messages" pt="lg">
          <ConnectorMessages factoryId={connector.connectorId} />
        </Tabs.Panel>
      </Tabs>
      {state.isDirty && (
        <SaveBar
          isPending={saving.isPending}
          error={saving.error}
          onSave={() => {
            if (state.check()) saving.mutate();
          }}
          onDiscard={() => {
            state.reset();
            saving.reset();
          }}
        />
      )}
    </Stack>
  );
}

/** The draft, and how it is saved; a configuration that others saved is taken over while nothing was typed here. */
function useSaving(connector: Connector) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [seen, setSeen] = useState(connector.updatedAt);
  const state = useDraft(connector.formItems, connector.config);
  const { isDirty, restart } = state;
  useEffect(() => {
    if (isDirty || connector.updatedAt === seen) return;
    restart(connector.config);
    setSeen(connector.updatedAt);
  }, [connector, seen, isDirty, restart]);
  const saving = useMutation({
    mutationFn: () => updateConnector(connector.id, state.config(), seen),
    onSuccess: (saved) => {
      queries.setQueryData(liveConnectorQuery.queryKey, saved);
      state.restart(saved.config);
      setSeen(saved.updatedAt);
      tellSuccess(t('connectors.changesSaved'));
    },
    onError: async (error) => {
      if (!isConflict(error)) return void state.refuse(toApiError(error));
      await queries.invalidateQueries({ queryKey: liveConnectorQuery.queryKey });
      // Told once; whoever saves again after that means it.
      setSeen(queries.getQueryData(liveConnectorQuery.queryKey)?.updatedAt ?? seen);
    },
  });
  return { state, saving, version: seen };
}

function Head({ connector }: { connector: Connector }) {
  const { t } = useTranslation();
  const { id } = connector;
  const navigate = useNavigate();
  const { name } = useConnectorText()(connector);
  return (
    <Group justify="space-between" align="flex-start">
      <Group gap="md" wrap="nowrap" miw={0}>
        <ConnectorLogo of={connector} size={56} />
        <div>
          <PageHeading title={name} />
          <Group gap="xs">
            <Text size="sm" c="dimmed">
              {t('connectors.sms.type')}
            </Text>
            <Code>{id}</Code>
          </Group>
        </div>
      </Group>
      <Group gap="xs">
        <GuideButton markdown={connector.readme} />
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size={36} aria-label={t('connectors.more')}>
              <IconDots size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconRefresh size={16} aria-hidden />}
              onClick={() => void navigate({ to: '/connectors/$id/change', params: { id } })}
            >
              {t('connectors.change.title')}
            </Menu.Item>
            <Menu.Item
              c="var(--mantine-color-error)"
              leftSection={<IconTrash size={16} aria-hidden />}
              onClick={() => void navigate({ to: '/connectors/$id/delete', params: { id } })}
            >
              {t('connectors.delete.item')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
    </Group>
  );
}
