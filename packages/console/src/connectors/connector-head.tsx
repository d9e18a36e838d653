import { ActionIcon, Code, Group, Menu, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Connector } from '../api/connectors.ts';
import { useConnectorText } from '../i18n/use-connector-text.ts';
import { Allowed } from '../session/role.tsx';
import { IconDots, IconRefresh, IconTrash } from '../shell/icons.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import { rowOf } from './channel-rows.ts';
import { ConnectorLogo } from './connector-logo.tsx';
import { GuideButton } from './guide.tsx';
import { OriginText, packageText } from './origin-text.tsx';

/** Which connector a page is about, its guide, and what can be done with it as a whole. */
export function ConnectorHead({ connector }: { connector: Connector }) {
  const { t } = useTranslation();
  const { id } = connector;
  const from = packageText(connector);
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
              {t(`connectors.${rowOf(connector.type).text}.type`)}
            </Text>
            <Code>{id}</Code>
            <OriginText of={connector} />
            {from !== undefined && <Code>{from}</Code>}
          </Group>
        </div>
      </Group>
      <Group gap="xs">
        <GuideButton of={connector} />
        <Allowed as="operator">
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="default" size={36} aria-label={t('connectors.more')}>
                <IconDots size={18} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                leftSection={<IconRefresh size={16} />}
                onClick={() => void navigate({ to: '/connectors/$id/change', params: { id } })}
              >
                {t('connectors.change.title')}
              </Menu.Item>
              <Menu.Item
                c="var(--mantine-color-error)"
                leftSection={<IconTrash size={16} />}
                onClick={() => void navigate({ to: '/connectors/$id/delete', params: { id } })}
              >
                {t('connectors.delete.item')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Allowed>
      </Group>
    </Group>
  );
}
