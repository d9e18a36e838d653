import { afterEach, expect, test, vi } from 'vitest';
import { browserLanguage } from './browser-language.ts';

afterEach(() => vi.unstubAllGlobals());

test.each([
  [['zh-TW'], 'zh-CN'],
  [['fr', 'zh-Hans-SG', 'en'], 'zh-CN'],
  [['zh-HK', 'en-GB'], 'en'],
  [['fr', 'de'], 'en'],
  [[], 'en'],
])('a browser with %j shows the Console in %s', (languages, expected) => {
  vi.stubGlobal('navigator', { languages });
  expect(browserLanguage(['en', 'zh-CN'])).toBe(expected);
});
