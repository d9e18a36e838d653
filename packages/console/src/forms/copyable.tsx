import { Code, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../lists/copy-button.tsx';
import classes from './copyable.module.css';

/** A value with its name, and a button that copies it. `isBlock` keeps the lines. */
export function Copyable({ label, value, isBlock = false }: { label: string; value: string; isBlock?: boolean }) {
  const { t } = useTranslation();
  const button = (
    <div className={classes.button}>
      <CopyButton text={value} label={`${t('shell.copy')}: ${label}`} />
    </div>
  );
  if (isBlock) {
    return (
      <div>
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm" fw={600}>
            {label}
          </Text>
          {button}
        </Group>
        <pre className={classes.block}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard has to reach what scrolls */}
          <code className={classes.scroll} tabIndex={0}>
            {value}
          </code>
        </pre>
      </div>
    );
  }
  return (
    <Group justify="space-between" wrap="nowrap">
      <div>
        <Text size="sm" fw={600}>
          {label}
        </Text>
        <Code className={classes.value}>{value}</Code>
      </div>
      {button}
    </Group>
  );
}
