import { Group, Text, Title, type TitleProps } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

let hasNavigated = false;

/** Tells the next heading that it stands on a page that a person went to, rather than on the one that was opened. */
export function markNavigation(): void {
  hasNavigated = true;
}

/** Names the page in the title of the window. */
export function usePageTitle(page: string): void {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = t('shell.pageTitle', { page });
  }, [t, page]);
}

type Props = {
  title: string;
  /** It takes the place of another heading, without a navigation. */
  takesFocus?: boolean;
  children?: ReactNode;
} & TitleProps;

/** The heading of a page. It names the window, and takes the focus after a navigation, so that it is read out. */
export function PageHeading({ title, takesFocus = false, children, ...rest }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  usePageTitle(title);
  useEffect(() => {
    if (!hasNavigated && !takesFocus) return;
    hasNavigated = false;
    heading.current?.focus();
  }, [takesFocus]);
  return (
    <Title order={1} size="h2" tabIndex={-1} ref={heading} {...rest}>
      {children ?? title}
    </Title>
  );
}

type TopProps = { lead: ReactNode; actions?: ReactNode; children: ReactNode };

/** The top of a page: its heading, close below what the page is about, and beside both what can be done, or below. */
export function PageTop({ lead, actions, children }: TopProps) {
  return (
    <Group justify="space-between" align="flex-start" gap="sm">
      <div style={{ flex: '1 1 18rem', minWidth: 0 }}>
        {children}
        <Text c="dimmed" mt={4} style={{ overflowWrap: 'anywhere' }}>
          {lead}
        </Text>
      </div>
      {actions}
    </Group>
  );
}
