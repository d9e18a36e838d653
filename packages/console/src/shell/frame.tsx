import { AppShell, Burger, Group, Image, NavLink, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Outlet, rootRouteId, useRouteContext } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { AccountMenu } from './account-menu.tsx';
import classes from './frame.module.css';
import mark from './mark.svg';
import { ColorSchemeMenu, LanguageMenu } from './preferences.tsx';

/** The header and the navigation around the pages of every section. */
export function Frame() {
  const { t } = useTranslation();
  const { sections } = useRouteContext({ from: rootRouteId });
  const [isOpen, { toggle, close }] = useDisclosure(false);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'md', md: 'xl' }}
      classNames={classes}
    >
      <a className={classes.skip} href="#content">
        {t('shell.skipToContent')}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={isOpen}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={t(isOpen ? 'shell.closeNavigation' : 'shell.openNavigation')}
            />
            <UnstyledButton component={Link} to="/" className={classes.home}>
              <Image src={mark} alt="" w={28} h={28} />
              <Text fw={700}>{t('shell.product')}</Text>
            </UnstyledButton>
          </Group>
          <Group gap={4} wrap="nowrap">
            <LanguageMenu />
            <ColorSchemeMenu />
            <AccountMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label={t('shell.navigation')}>
        {sections.map(({ path, label, icon: Icon }) => (
          <NavLink
            key={path}
            component={Link}
            to={path}
            label={t(label)}
            leftSection={<Icon size={18} aria-hidden />}
            onClick={close}
            className={classes.link}
          />
        ))}
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <div className={classes.page}>
          <Outlet />
        </div>
      </AppShell.Main>
    </AppShell>
  );
}
