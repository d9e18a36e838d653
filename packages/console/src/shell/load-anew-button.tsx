import { Button, type ButtonProps, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { errorText } from './error-text.ts';
import { loadAnew } from './fetched-code.ts';

/** Loads the page anew, or says why that would be of no use. */
export function LoadAnewButton(props: ButtonProps) {
  const { t, i18n } = useTranslation();
  const loading = useMutation({ mutationFn: loadAnew });
  return (
    <>
      {loading.error && (
        <Text size="sm" role="alert">
          {errorText(t, loading.error, i18n.language)}
        </Text>
      )}
      <Button loading={loading.isPending} onClick={() => loading.mutate()} {...props}>
        {t('shell.loadAnew')}
      </Button>
    </>
  );
}
