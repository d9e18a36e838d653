import { Card, Center, Group, Image, Stack, Text } from '@mantine/core';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import mark from '../shell/mark.svg';
import { PageHeading } from '../shell/page-heading.tsx';
import { ColorSchemeMenu, LanguageMenu } from '../shell/preferences.tsx';
import { SignInForm } from './sign-in-form.tsx';

const route = getRouteApi('/sign-in');

/** Where an administrator signs in; afterwards the page that was asked for comes up. */
export function SignInPage() {
  const { t } = useTranslation();
  const { history } = useRouter();
  const { redirect } = route.useSearch();
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
          <PageHeading title={t('shell.signIn.title')} />
          <Text c="dimmed" mb="lg">
            {t('shell.signIn.lead')}
          </Text>
          <SignInForm onDone={() => history.replace(redirect ?? '/console')} />
        </Card>
        <Text size="sm" c="dimmed" px="md">
          {t('shell.signIn.firstTime')}
        </Text>
      </Stack>
    </Center>
  );
}
