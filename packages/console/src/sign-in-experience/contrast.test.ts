import { expect, test } from 'vitest';
import { contrastOf } from './contrast.ts';

// Ratios that WebAIM and the notes on WCAG's 1.4.3 give for these pairs.
test.each([
  ['#000000', '#ffffff', 21],
  ['#ffffff', '#ffffff', 1],
  ['#767676', '#ffffff', 4.54],
  ['#ff0000', '#ffffff', 4],
  ['#0000ff', '#ffffff', 8.59],
])('the contrast of %s on %s', (color, background, ratio) => {
  expect(contrastOf(color, background)).toBeCloseTo(ratio, 2);
  expect(contrastOf(background, color)).toBeCloseTo(ratio, 2);
});
