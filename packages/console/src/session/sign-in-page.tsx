import { Card, Center, Group, Image, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { resumeSession } from '../api/expiry.ts';
import mark from '../shell/mark.svg';
import { PageHeading } from '../shell/page-heading.tsx';
import { ColorSchemeMenu, LanguageMenu } from '../shell/preferences.tsx';
import { sessionQuery } from './session.ts';
import { SignInForm } from './sign-in-form.tsx';
import { TwoStepOffer } from './two-step-offer.tsx';

const route = getRouteApi('/sign-in');
/** The server says so in the page that it sends. */
const isAdministratorMissing =
  document.querySelector<HTMLMetaElement>('meta[name="administrator"]')?.content === 'missing';

/** Where an administrator signs in; afterwards two-step sign-in is offered, and the page that was asked for comes up. */
export function SignInPage() {
  const { t } = useTranslation();
  const { history } = useRouter();
  const { redirect } = route.useSearch();
  const queries = useQueryClient();
  const [isOffering, setOffering] = useState(false);
  const goOn = () => history.replace(redirect ?? '/console');
  const signedIn = () => {
    // A page that was left may have asked for something after it was signed out.
    resumeSession();
    if (queries.getQueryData(sessionQuery.queryKey)?.twoStep.isOffered) setOffering(true);
    else goOn();
  };
  return (
    <Center component="main" mih="100dvh" p="md">
      <Stack w="100%" maw="26rem">
        <Card withBorder padding="xl" shadow="sm">
          <Group justify="space-between" mb="md">
            <Image src={mark} alt="" w={36} h={36} />
            <Group gap={4}>
              <LanguageMenu />
              <ColorSchemeMenu />
            </Group>
          </Group>
          {isOffering ? (
            <TwoStepOffer onDone={goOn} />
          ) : (
            <>
              <PageHeading title={t('shell.signIn.title')} />
              <Text c="dimmed" mb="lg">
                {t('shell.signIn.lead')}
              </Text>
              <SignInForm onDone={signedIn} />
            </>
          )}
        </Card>
        {isAdministratorMissing && !isOffering && (
          <Text size="sm" c="dimmed" px="md">
            {t('shell.signIn.firstTime')}
          </Text>
        )}
      </Stack>
    </Center>
  );
}
