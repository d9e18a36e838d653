import { expect, test } from 'vitest';
import Readme from './readme.tsx';

const guideIn = (markdown: string) => Readme({ markdown, language: 'en' }).props.children;

test('a guide is parsed once, however often the form beside it is drawn; many are not kept', () => {
  const first = guideIn('# One');
  for (let other = 0; other < 7; other += 1) guideIn(`# Other ${other}`);
  expect(guideIn('# One')).toBe(first);
  for (let other = 0; other < 8; other += 1) guideIn(`# Another ${other}`);
  expect(guideIn('# One')).not.toBe(first);
});
