import { ActionIcon, Group, Text, Tooltip } from '@mantine/core';
import type { FormItem } from '@sesame/connector-kit';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconInfoCircle } from '../shell/icons.tsx';
import classes from './field-row.module.css';

/** A field with its help beside it, or below where there is no room. */
export function FieldRow({ item, helpId, children }: { item: FormItem; helpId: string; children: ReactNode }) {
  const { t } = useTranslation();
  const { description, tooltip, label } = item;
  return (
    <div className={classes.container}>
      <div className={classes.row}>
        <div>{children}</div>
        {(description || tooltip) && (
          <Group
            id={helpId}
            className={classes.help}
            data-inline={item.type === 'Switch'}
            gap={4}
            align="flex-start"
            wrap="nowrap"
          >
            <Text size="sm" c="dimmed">
              {description ?? tooltip}
            </Text>
            {description && tooltip && (
              <Tooltip
                label={tooltip}
                multiline
                w="max-content"
                maw="min(300px, 80vw)"
                events={{ hover: true, focus: true, touch: true }}
              >
                <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('connectors.moreAbout', { label })}>
                  <IconInfoCircle size={16} />
                </ActionIcon>
              </Tooltip>
            )}
          </Group>
        )}
      </div>
    </div>
  );
}
