import type { FormItem } from '@sesame/connector-kit';
import { expect, test } from 'vitest';
import { itemIn } from './phrase.ts';

const item: FormItem = {
  key: 'id',
  type: 'Text',
  label: 'Id',
  description: 'Your id',
  tooltip: 'More',
  required: true,
};

test('a form item has the texts of the language, and those in English that are missing or empty', () => {
  const translations = {
    'zh-CN': { label: '', description: '您的 ID', placeholder: '例如 1' },
    de: { label: 'Kennung' },
  };
  const translated = { ...item, translations };
  expect(itemIn(translated, 'zh-CN')).toEqual({ ...translated, description: '您的 ID', placeholder: '例如 1' });
  expect(itemIn(translated, 'de-AT')).toEqual({ ...translated, label: 'Kennung' });
  expect(itemIn(translated, 'en')).toEqual(translated);
  expect(itemIn(translated, 'zh_TW')).toEqual(itemIn(translated, 'zh-CN'));
  const inBothScripts = { ...item, translations: { zh: { label: '标识' }, 'zh-Hant': { label: '識別碼' } } };
  expect(itemIn(inBothScripts, 'zh-TW').label).toBe('識別碼');
  expect(itemIn(inBothScripts, 'zh-CN').label).toBe('标识');
  expect(itemIn(item, 'zh-CN')).toEqual(item);
});

test('a translation changes nothing but texts', () => {
  const texts = { label: 'Kennung', key: 'other', type: 'Json', isConfidential: false };
  const translated: FormItem = { ...item, isConfidential: true, translations: { de: texts } };
  expect(itemIn(translated, 'de')).toEqual({ ...translated, label: 'Kennung' });
});
