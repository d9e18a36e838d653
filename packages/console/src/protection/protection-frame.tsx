import { Stack, Tabs } from '@mantine/core';
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageHeading, PageTop } from '../shell/page-heading.tsx';
import classes from './protection-frame.module.css';
import { type Tab, tabs } from './tabs.ts';

const names = Object.keys(tabs) as Tab[];

/** What the pages of the section have in common: their heading, and the way from one to the other. */
export function ProtectionFrame() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const path = useLocation({ select: ({ pathname }) => pathname });
  const tab = names.findLast((name) => path.startsWith(tabs[name])) ?? 'now';
  return (
    <Stack>
      <PageTop lead={t('protection.lead')}>
        <PageHeading title={t('sections.protection')} />
      </PageTop>
      <Tabs value={tab} keepMounted={false} onChange={(next) => void navigate({ to: tabs[next as Tab] })}>
        <Tabs.List className={classes.tabs}>
          {names.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`protection.tabs.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} pt="md">
          <Outlet />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
