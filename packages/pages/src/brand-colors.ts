import type { Colors } from './view-models/page.ts';

type Rgb = readonly [number, number, number];

/** The cards that text in the brand's colour stands on. `pages.css` has the same. */
export const cardColors = { light: '#ffffff', dark: '#1b1e27' } as const;

/** What WCAG 2.2 asks of text (1.4.3). */
const readable = 4.5;

/** The colours of one scheme, as CSS variables. */
export type BrandShades = {
  /** Of the main button. */
  fill: string;
  /** Of the main button under the pointer. */
  hover: string;
  /** Of the text on it. */
  onFill: string;
  /** Of links and marks on the card. */
  text: string;
};

/** Makes what the pages need of one colour, readable whatever the colour is. */
export function brandShades(color: string, scheme: 'light' | 'dark'): BrandShades {
  const fill = parse(color);
  const onFill = contrast(fill, white) >= contrast(fill, black) ? white : black;
  return {
    fill: toHex(fill),
    hover: toHex(mix(fill, onFill === white ? black : white, 0.12)),
    onFill: toHex(onFill),
    text: toHex(readableOn(parse(cardColors[scheme]), fill)),
  };
}

/** The stylesheet with the brand's colours. */
export function brandStyle({ primaryColor, darkPrimaryColor, isDarkModeEnabled }: Colors): string {
  const light = `:root{${variables(brandShades(primaryColor, 'light'))}}`;
  if (!isDarkModeEnabled) return light;
  return `${light}@media (prefers-color-scheme:dark){:root{${variables(brandShades(darkPrimaryColor, 'dark'))}}}`;
}

const variables = ({ fill, hover, onFill, text }: BrandShades) =>
  `--brand:${fill};--brand-hover:${hover};--on-brand:${onFill};--brand-text:${text}`;

const white: Rgb = [255, 255, 255];
const black: Rgb = [0, 0, 0];

/** Anything that is not a colour is black: what comes out of here stands in a stylesheet as it is. */
function parse(color: string): Rgb {
  const digits = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color) ?? ['', '0', '0', '0'];
  const [red = 0, green = 0, blue = 0] = digits.slice(1).map((pair) => Number.parseInt(pair, 16));
  return [red, green, blue];
}

const toHex = (color: Rgb) => `#${color.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

const mix = ([r, g, b]: Rgb, [r2, g2, b2]: Rgb, share: number): Rgb => [
  r + (r2 - r) * share,
  g + (g2 - g) * share,
  b + (b2 - b) * share,
];

/** The same hue, moved towards black or white until it can be read. */
function readableOn(background: Rgb, color: Rgb): Rgb {
  const end = contrast(background, white) > contrast(background, black) ? white : black;
  for (let share = 0; share < 1; share += 0.05) {
    const shade = parse(toHex(mix(color, end, share)));
    if (contrast(background, shade) >= readable) return shade;
  }
  return end;
}

/** From 1 to 21 (WCAG 2.2, contrast ratio). */
function contrast(one: Rgb, other: Rgb): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: Rgb): number {
  const [red = 0, green = 0, blue = 0] = color.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
