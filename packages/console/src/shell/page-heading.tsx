import { Title, type TitleProps } from '@mantine/core';
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

/** The heading of a page. It names the window, and takes the focus after a navigation, so that it is read out. */
export function PageHeading({ title, children, ...rest }: { title: string; children?: ReactNode } & TitleProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  usePageTitle(title);
  useEffect(() => {
    if (!hasNavigated) return;
    hasNavigated = false;
    heading.current?.focus();
  }, []);
  return (
    <Title order={1} size="h2" tabIndex={-1} ref={heading} {...rest}>
      {children ?? title}
    </Title>
  );
}
