import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { ButtonLink } from '../shell/links.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import { declineTwoStep, sessionQuery } from './session.ts';

/** Offers two-step sign-in to whoever has just signed in with one; `onDone` runs when it was turned down. */
export function TwoStepOffer({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const declining = useMutation({
    mutationFn: declineTwoStep,
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
      onDone();
    },
  });
  return (
    <Stack>
      <PageHeading title={t('shell.twoStepOffer.title')} takesFocus />
      <Text>{t('shell.twoStepOffer.text')}</Text>
      {declining.isError && <ErrorNotice error={declining.error} />}
      <Group justify="flex-end">
        <Button variant="default" loading={declining.isPending} onClick={() => declining.mutate()}>
          {t('shell.twoStepOffer.decline')}
        </Button>
        <ButtonLink to="/account/two-step">{t('shell.twoStepOffer.accept')}</ButtonLink>
      </Group>
    </Stack>
  );
}
