import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { ConflictNotice } from './conflict-notice.tsx';
import { isConflict, liveConnectorQuery } from './connectors-api.ts';
import classes from './save-bar.module.css';

type Props = { isPending: boolean; error: unknown; onSave: () => void; onDiscard: () => void };

/** Saves or discards; it is there only while something is changed. */
export function SaveBar({ isPending, error, onSave, onDiscard }: Props) {
  const { t } = useTranslation();
  const { data: current } = useQuery(liveConnectorQuery);
  const hasConflict = isConflict(error);
  return (
    <section className={classes.bar} aria-label={t('connectors.unsaved')}>
      {hasConflict && <ConflictNotice current={current ?? null} />}
      {Boolean(error) && !hasConflict && <ErrorNotice error={error} />}
      <Group justify="space-between">
        <Text size="sm" role="status">
          {t('connectors.unsaved')}
        </Text>
        <Group gap="xs">
          <Button variant="default" onClick={onDiscard}>
            {t('connectors.discard')}
          </Button>
          <Button loading={isPending} onClick={onSave}>
            {t(hasConflict ? 'connectors.conflict.anyway' : 'connectors.save')}
          </Button>
        </Group>
      </Group>
    </section>
  );
}
