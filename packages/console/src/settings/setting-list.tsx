import { Badge, Code, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './setting-list.module.css';
import type { System } from './system.ts';

/** The settings by name, each with its value and where that came from. What each is for is in English. */
export function SettingList({ settings }: { settings: System['settings'] }) {
  const { t } = useTranslation();
  return (
    <dl className={classes.settings}>
      {settings.map(({ name, value, isSecret, source, defaultWords, about }) => (
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
              <span lang="en">{plain(defaultWords ?? '') || t('settings.variables.none')}</span>
            )}
          </dd>
          <Text component="dd" size="sm" c="dimmed" lang="en">
            {plain(about)}
          </Text>
        </div>
      ))}
    </dl>
  );
}

/** The sentences are those of the reference page, which is Markdown. */
const plain = (markdown: string) => markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('`', '');
