import { type CSSVariablesResolver, createTheme } from '@mantine/core';

/** The look of the Console. Shades are chosen so that text has a contrast of 4.5 to 1 at least (WCAG 2.2, 1.4.3). */
export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 8, dark: 8 },
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily: 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace',
  headings: { fontWeight: '650' },
  components: {
    // The header of a dialog is no banner of the page.
    ModalHeader: { defaultProps: { role: 'presentation' } },
    ModalTitle: { defaultProps: { fw: 650 } },
    DrawerTitle: { defaultProps: { fw: 650 } },
    DrawerHeader: { defaultProps: { role: 'presentation' } },
  },
});

/** Mantine's own greys and reds are too pale for small text. */
export const resolveVariables: CSSVariablesResolver = ({ colors }) => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#565f73',
    '--mantine-color-placeholder': '#656d80',
    '--mantine-color-error': colors.red[9],
    '--mantine-color-anchor': colors.indigo[8],
    '--mantine-color-body': '#fff',
    '--console-page': '#f5f6fa',
    '--console-card': '#fff',
    '--console-sunken': '#f0f2f7',
    '--console-line': '#dde1ea',
  },
  dark: {
    '--mantine-color-dimmed': '#a5adbf',
    '--mantine-color-placeholder': '#949cae',
    '--mantine-color-error': colors.red[4],
    '--mantine-color-anchor': colors.indigo[3],
    '--mantine-color-body': '#1b1f29',
    '--console-page': '#13161d',
    '--console-card': '#1b1f29',
    '--console-sunken': '#12151c',
    '--console-line': '#353b49',
  },
});
