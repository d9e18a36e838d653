import { ActionIcon, Group } from '@mantine/core';
import { Link, Outlet, rootRouteId, useRouteContext } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SearchButton } from '../search/search-button.tsx';
import { Allowed } from '../session/role.tsx';
import { IconMenu2, IconX } from '../shell/icons.tsx';
import mark from '../shell/mark.svg';
import { ColorSchemeMenu, LanguageMenu } from '../shell/preferences.tsx';
import { AccountMenu } from './account-menu.tsx';
import classes from './frame.module.css';
import { keepFocus } from './keep-focus.ts';

const navigationId = 'navigation';

/** The header and the navigation around the pages of every section. */
export function Frame() {
  const { t } = useTranslation();
  const { sections } = useRouteContext({ from: rootRouteId });
  const [isOpen, setOpen] = useState(false);
  useEffect(keepFocus, []);
  const Icon = isOpen ? IconX : IconMenu2;
  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#content">
        {t('shell.skipToContent')}
      </a>
      <header className={classes.header}>
        <Group gap="sm" wrap="nowrap">
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            className={classes.toggle}
            aria-label={t(isOpen ? 'shell.closeNavigation' : 'shell.openNavigation')}
            aria-expanded={isOpen}
            aria-controls={navigationId}
            onClick={() => setOpen(!isOpen)}
          >
            <Icon size={20} />
          </ActionIcon>
          <Link to="/" className={classes.home}>
            <img src={mark} alt="" width={28} height={28} />
            {t('shell.product')}
          </Link>
        </Group>
        <Group gap={4} wrap="nowrap">
          <SearchButton />
          <LanguageMenu />
          <ColorSchemeMenu />
          <AccountMenu />
        </Group>
      </header>
      <nav id={navigationId} className={classes.navigation} aria-label={t('shell.navigation')} data-open={isOpen}>
        {sections.map(({ path, label, icon: SectionIcon, role = 'viewer' }) => (
          <Allowed key={path} as={role}>
            <Link to={path} className={classes.link} onClick={() => setOpen(false)}>
              <SectionIcon size={18} aria-hidden />
              {t(label)}
            </Link>
          </Allowed>
        ))}
      </nav>
      <main id="content" tabIndex={-1} className={classes.main}>
        <div className={classes.page}>
          <Outlet />
        </div>
      </main>
    </div>
  );
}
