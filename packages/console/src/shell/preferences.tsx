import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import { type ComponentType, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, type Language, languages } from '../i18n/index.ts';
import { Dialog } from './dialog.tsx';
import { IconLanguage, IconMoon, IconSun, IconSunMoon } from './icons.tsx';
import { BrokenPart } from './part.tsx';

const schemes = [
  ['light', IconSun],
  ['dark', IconMoon],
  ['auto', IconSunMoon],
] as const;

/** Chooses the language, or says that its texts could not be fetched. */
export function LanguageMenu() {
  const { t, i18n } = useTranslation();
  const [error, setError] = useState<unknown>();
  return (
    <>
      {error !== undefined && (
        <Dialog onClose={() => setError(undefined)} title={t('shell.language')}>
          <BrokenPart error={error} />
        </Dialog>
      )}
      <PreferenceMenu label={t('shell.language')} icon={IconLanguage}>
        {Object.entries(languages).map(([tag, name]) => (
          <Menu.RadioItem
            key={tag}
            lang={tag}
            value={tag}
            checked={i18n.language === tag}
            closeMenuOnClick
            onChange={() => chooseLanguage(tag as Language).catch(setError)}
          >
            {name}
          </Menu.RadioItem>
        ))}
      </PreferenceMenu>
    </>
  );
}

/** Chooses between light, dark and what the system says. */
export function ColorSchemeMenu() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <PreferenceMenu label={t('shell.colorScheme.label')} icon={IconSunMoon}>
      {schemes.map(([scheme, Icon]) => (
        <Menu.RadioItem
          key={scheme}
          value={scheme}
          checked={colorScheme === scheme}
          closeMenuOnClick
          rightSection={<Icon size={16} />}
          onChange={() => setColorScheme(scheme)}
        >
          {t(`shell.colorScheme.${scheme}`)}
        </Menu.RadioItem>
      ))}
    </PreferenceMenu>
  );
}

type MenuProps = { label: string; icon: ComponentType<{ size: number }>; children: ReactNode };

/** A button of the header that opens a choice. */
function PreferenceMenu({ label, icon: Icon, children }: MenuProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label}>
          <Icon size={20} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}
