import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  parseThemeColor,
  type VariantColorsResolver,
} from '@mantine/core';

const green: MantineColorsTuple = [
  '#ebfbee',
  '#d3f9d8',
  '#b2f2bb',
  '#8ce99a',
  '#69db7c',
  '#51cf66',
  '#40c057',
  '#2b8a3e',
  '#1f7a33',
  '#186429',
];
const orange: MantineColorsTuple = [
  '#fff4e6',
  '#ffe8cc',
  '#ffd8a8',
  '#ffc078',
  '#ffa94d',
  '#ff922b',
  '#fd7e14',
  '#c2500c',
  '#a84309',
  '#8f3807',
];

const dark: MantineColorsTuple = [
  '#e3e6ee',
  '#c4cad6',
  '#a5adbf',
  '#79839a',
  '#3b4252',
  '#2a303d',
  '#1f2430',
  '#1b1f29',
  '#13161d',
  '#0f1218',
];

/** Coloured text on a page, a card or a tint of its own colour. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  const { variant } = input;
  const { color, isThemeColor } = parseThemeColor({
    color: input.color || input.theme.primaryColor,
    theme: input.theme,
  });
  if (!isThemeColor || color === 'gray' || !['light', 'outline', 'subtle', 'transparent'].includes(variant))
    return colors;
  const text = `light-dark(var(--mantine-color-${color}-9), var(--mantine-color-${color}-3))`;
  const tint = `light-dark(var(--mantine-color-${color}-0), color-mix(in srgb, var(--mantine-color-${color}-8) 25%, transparent))`;
  return variant === 'light' ? { ...colors, color: text, background: tint, hover: tint } : { ...colors, color: text };
};

/** Below the dropdown's own landmark, where a screen reader finds it. */
const inPlace = { defaultProps: { comboboxProps: { withinPortal: false } } };

/** The look of the Console. Shades are chosen so that text has a contrast of 4.5 to 1 at least (WCAG 2.2, 1.4.3). */
export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 8, dark: 8 },
  colors: { green, orange, dark },
  variantColorResolver,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace',
  headings: { fontWeight: '650' },
  components: {
    // The header of a dialog is no banner of the page.
    ModalHeader: { defaultProps: { role: 'presentation' } },
    // Whoever clicks beside a dialog, is asked, and stays is back in the field that they were in.
    ModalOverlay: { defaultProps: { onMouseDown: (event: Event) => event.preventDefault() } },
    ModalTitle: { defaultProps: { fw: 650 } },
    DrawerHeader: { defaultProps: { role: 'presentation' } },
    DrawerTitle: { defaultProps: { fw: 650 } },
    // A menu may hold nothing but its items.
    Menu: { defaultProps: { withinPortal: false, withInitialFocusPlaceholder: false } },
    Select: inPlace,
    MultiSelect: inPlace,
    TagsInput: inPlace,
    Tooltip: { defaultProps: { withinPortal: false } },
    // Most notices stand on a page from the start; what happens just now says `role="alert"` by itself.
    Alert: { defaultProps: { role: 'note' } },
    Card: { styles: { root: { overflow: 'visible' } } },
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
