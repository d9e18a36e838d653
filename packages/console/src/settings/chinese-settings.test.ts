import { expect, test } from 'vitest';
import { type Setting, settings } from '../../../server/src/settings.ts';
import { chineseSettings } from './chinese-settings.ts';

test('every setting is explained in Chinese, and so is what holds without it', () => {
  const english = Object.entries<Setting<unknown>>(settings);
  expect(Object.keys(chineseSettings)).toEqual(english.map(([name]) => name));
  for (const [name, { defaultWords }] of english) {
    const { about, defaultWords: inChinese } = chineseSettings[name] ?? { about: '' };
    expect([name, about]).toEqual([name, expect.stringMatching(/\p{Script=Han}/u)]);
    expect([name, inChinese !== undefined]).toEqual([name, defaultWords !== undefined]);
  }
});

test('what is to be typed or read elsewhere is the same in both languages', () => {
  for (const [name, { about }] of Object.entries<Setting<unknown>>(settings)) {
    const written = [...about.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);
    const inChinese = chineseSettings[name]?.about ?? '';
    expect([name, written.filter((text) => !inChinese.includes(text))]).toEqual([name, []]);
  }
});
