import { describe, expect, test } from 'vitest';
import { brandShades, brandStyle, cardColors } from './brand-colors.ts';

/** The formula of WCAG 2.2 in other words: an oracle for the one under test. */
function ratio(one: string, other: string): number {
  const [a, b] = [one, other].map((color) => {
    const number = Number.parseInt(color.slice(1), 16);
    const [r, g, b] = [number >> 16, (number >> 8) & 255, number & 255].map((value) => {
      const channel = value / 255;
      return channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  }) as [number, number];
  return Math.max(a, b) / Math.min(a, b);
}

const colors = ['#000000', '#ffffff', '#5b3df5', '#a594ff', '#ffe600', '#777777', '#00ff00', '#0000ff', '#e11d48'];

describe.each(['light', 'dark'] as const)('the shades in %s', (scheme) => {
  test.each(colors)('of %s can be read', (color) => {
    const shades = brandShades(color, scheme);
    expect(shades.fill).toBe(color);
    expect(ratio(shades.fill, shades.onFill)).toBeGreaterThanOrEqual(4.5);
    expect(ratio(shades.hover, shades.onFill)).toBeGreaterThanOrEqual(4.5);
    expect(ratio(shades.text, cardColors[scheme])).toBeGreaterThanOrEqual(4.5);
  });
});

test('a colour that can be read stays as it is', () => {
  expect(brandShades('#5b3df5', 'light').text).toBe('#5b3df5');
});

test('dark colours come with dark mode alone', () => {
  const settings = { primaryColor: '#5b3df5', darkPrimaryColor: '#a594ff' };
  expect(brandStyle({ ...settings, isDarkModeEnabled: true })).toContain('prefers-color-scheme:dark');
  expect(brandStyle({ ...settings, isDarkModeEnabled: false })).not.toContain('dark');
});

test('what is no colour never gets into the stylesheet', () => {
  const style = brandStyle({ primaryColor: 'red}</style>', darkPrimaryColor: '', isDarkModeEnabled: true });
  expect(style).toMatch(/^[-:;{}#@()\w\s]+$/);
});
