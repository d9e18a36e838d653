import { Badge, Code, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { chineseSettings } from './chinese-settings.ts';
import classes from './setting-list.module.css';
import type { System } from './system.ts';

/** The settings by name, each with its value, where that came from, and what it is for. */
export function SettingList({ settings }: { settings: System['settings'] }) {
  const { t, i18n } = useTranslation();
  return (
    <dl className={classes.settings}>
      {settings
        .map((setting) => textIn(i18n.language, setting))
        .map(({ name, value, isSecret, source, ...text }) => (
          <div key={name} className={classes.setting}>
            <dt>
              <Group gap="xs">
                <strong>{name}</strong>
                <Badge variant="light" color={source === 'default' ? 'gray' : 'indigo'}>
                  {t(`settings.source.${source}`)}
                </Badge>
              </Group>
            </dt>
            <dd>
              {value !== null && <Code className={classes.value}>{value}</Code>}
              {value === null && isSecret && source !== 'default' && t('settings.variables.secret')}
              {value === null && source === 'default' && (
                <span lang={text.lang}>{plain(text.defaultWords ?? '') || t('settings.variables.none')}</span>
              )}
            </dd>
            <Text component="dd" size="sm" c="dimmed" lang={text.lang}>
              {plain(text.about)}
            </Text>
          </div>
        ))}
    </dl>
  );
}

/** A setting in the language of the Console, where it is known there; a server of another version may have others. */
function textIn(language: string, setting: System['settings'][number]) {
  const text = language === 'zh-CN' ? chineseSettings[setting.name] : undefined;
  return text ? { ...setting, ...text, lang: undefined } : { ...setting, lang: 'en' };
}

/** The sentences are those of the reference page, which is Markdown. */
const plain = (markdown: string) => markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('`', '');
