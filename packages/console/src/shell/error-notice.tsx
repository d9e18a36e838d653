import { Alert, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { errorText } from './error-text.ts';
import { IconAlertTriangle } from './icons.tsx';

/** Says what failed, with a way to try again where there is one. */
export function ErrorNotice({ error, title, onRetry }: { error: unknown; title?: string; onRetry?: () => unknown }) {
  const { t, i18n } = useTranslation();
  return (
    <Alert
      role="alert"
      color="red"
      variant="outline"
      icon={<IconAlertTriangle />}
      title={title ?? t(onRetry ? 'shell.errors.notLoaded' : 'shell.errors.title')}
    >
      <Text size="sm">{errorText(t, error, i18n.language)}</Text>
      {onRetry && (
        <Group mt="sm">
          <Button size="xs" variant="default" onClick={() => void onRetry()}>
            {t('shell.retry')}
          </Button>
        </Group>
      )}
    </Alert>
  );
}
