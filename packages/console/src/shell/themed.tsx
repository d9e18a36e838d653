import { MantineProvider, mergeThemeOverrides } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { styleNonce } from '../csp.ts';
import { resolveVariables, theme } from '../theme.ts';

/** The look of the Console, with the labels that components bring along in the language of the page. */
export function Themed({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const localized = useMemo(() => {
    const closing = { defaultProps: { 'aria-label': t('shell.close') } };
    return mergeThemeOverrides(theme, {
      components: {
        ModalCloseButton: closing,
        DrawerCloseButton: closing,
        PasswordInput: {
          defaultProps: { visibilityToggleButtonProps: { 'aria-label': t('shell.showPassword') } },
        },
      },
    });
  }, [t]);
  return (
    <MantineProvider
      theme={localized}
      cssVariablesResolver={resolveVariables}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      {children}
    </MantineProvider>
  );
}
