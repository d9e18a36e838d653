import { Button, Group, Menu, Paper, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Total } from '../api/client.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { type ExportFormat, exportFormats, exportList, openTarget, type Progress } from './exporting.ts';
import { IconDownload } from './list-icons.tsx';
import { inexactTotal } from './total-text.ts';

/** From so many rows on an export is written to its file as it comes. */
const manyRows = 100_000;

type State =
  | { is: 'idle' }
  | { is: 'running'; progress: Progress }
  | { is: 'done' | 'cancelled'; progress: Progress }
  | { is: 'failed'; error: unknown };

type Props = {
  /** The name of the file. */
  name: string;
  total: Total | undefined;
  /** The address of the export. */
  addressOf: (format: ExportFormat) => string;
};

/** An export of everything that matches, and what becomes of it. */
export function useExport({ name, total, addressOf }: Props) {
  const { t } = useTranslation();
  const [state, setState] = useState<State>({ is: 'idle' });
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function start(format: ExportFormat): Promise<void> {
    const controller = new AbortController();
    running.current = controller;
    let progress: Progress = { rows: 0, bytes: 0 };
    const onProgress = (next: Progress) => {
      progress = next;
      setState({ is: 'running', progress });
    };
    try {
      const isLarge = total !== undefined && (total.total > manyRows || total.totalIs === 'at-least');
      const target = await openTarget(`${name}.${format}`, isLarge);
      onProgress(progress);
      const options = { format, signal: controller.signal, onProgress };
      progress = await exportList(addressOf(format), target, options);
      setState({ is: 'done', progress });
    } catch (error) {
      const isEnded = controller.signal.aborted || (error instanceof DOMException && error.name === 'AbortError');
      setState(isEnded ? { is: 'cancelled', progress } : { is: 'failed', error });
    }
  }

  return {
    menu: (
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconDownload size={14} />}
            disabled={state.is === 'running'}
          >
            {t('lists.export.open')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('lists.export.what')}</Menu.Label>
          {exportFormats.map((format) => (
            <Menu.Item key={format} onClick={() => void start(format)}>
              {t(`lists.export.${format}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    ),
    progress: (
      <ExportProgress
        state={state}
        total={total}
        onCancel={() => running.current?.abort()}
        onClose={() => setState({ is: 'idle' })}
      />
    ),
  };
}

type ProgressProps = { state: State; total: Total | undefined; onCancel: () => void; onClose: () => void };

function ExportProgress({ state, total, onCancel, onClose }: ProgressProps) {
  const { t, i18n } = useTranslation();
  if (state.is === 'idle') return null;
  if (state.is === 'failed') return <ErrorNotice error={state.error} title={t('lists.export.failed')} />;
  const { rows, bytes } = state.progress;
  const number = (value: number) => new Intl.NumberFormat(i18n.language).format(value);
  const amount = {
    count: rows,
    size: new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 }).format(bytes / 1_000_000),
  };
  const of = total && (inexactTotal(t, i18n.language, total) ?? number(total.total));
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between">
        <Stack gap={4} style={{ flex: '1 1 12rem' }}>
          <Text size="sm" role={state.is === 'running' ? undefined : 'status'}>
            {t(`lists.export.${state.is}`, amount)}
          </Text>
          {state.is === 'running' && (
            <progress
              aria-label={t('lists.export.progress')}
              {...(total && total.totalIs !== 'at-least' && { value: rows, max: Math.max(rows, total.total) })}
              style={{ width: '100%' }}
            />
          )}
          {state.is === 'running' && of && (
            <Text size="xs" c="dimmed">
              {t('lists.export.of', { total: of })}
            </Text>
          )}
        </Stack>
        <Button size="xs" variant="default" onClick={state.is === 'running' ? onCancel : onClose}>
          {t(state.is === 'running' ? 'lists.export.cancel' : 'lists.export.close')}
        </Button>
      </Group>
    </Paper>
  );
}
