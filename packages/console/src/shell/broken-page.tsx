import { Container, Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { isNotFetched, isOutdated, loadAnew, wordsFor } from './fetched-code.ts';
import { LoadAnewButton } from './load-anew-button.tsx';
import { PageHeading } from './page-heading.tsx';

/**
 * Stands where a page broke, or could not be fetched, so that there is never a blank one. Where the server has another
 * Console by now, that is loaded: nothing can be typed on a page that is not there.
 */
export function BrokenPage({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const which = wordsFor(error);
  useEffect(() => {
    const load = async () => {
      if (isNotFetched(error) && (await isOutdated())) await loadAnew();
    };
    // Whoever reads this is told by the button.
    load().catch(() => {});
  }, [error]);
  return (
    <Container component="section" size="sm" py="xl">
      <Stack align="flex-start">
        <PageHeading title={t(`shell.${which}.title`)} />
        <Text>{t(`shell.${which}.text`)}</Text>
        <LoadAnewButton />
      </Stack>
    </Container>
  );
}
