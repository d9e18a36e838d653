import { Badge, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Connector, Factory } from '../api/connectors.ts';

/** Where a connector comes from: Sesame itself, a package that was installed, or one that is gone. */
export function OriginText({ of: { origin } }: { of: Pick<Factory | Connector, 'origin'> }) {
  const { t } = useTranslation();
  const text = t(`connectors.origin.${origin}`);
  if (origin === 'built-in') {
    return (
      <Text component="span" size="xs" c="dimmed">
        {text}
      </Text>
    );
  }
  return (
    <Badge component="span" variant="outline" color={origin === 'installed' ? 'indigo' : 'orange'} tt="none">
      {text}
    </Badge>
  );
}

/** The package of an installed connector, with its version; nothing for others. */
export function packageText({ package: from }: Pick<Factory | Connector, 'package'>): string | undefined {
  return from ? [from.name, from.version].filter(Boolean).join(' ') : undefined;
}
