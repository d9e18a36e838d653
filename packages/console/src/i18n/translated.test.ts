import { expect, test } from 'vitest';
import { en } from './en.ts';
import { zhCN } from './zh-cn.ts';

function textsIn(catalogue: object, path = ''): [path: string, text: string][] {
  return Object.entries(catalogue).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as [string, string]] : textsIn(value, `${path}${key}.`),
  );
}

/** Names, of files too, are the same in every language, and so is what only puts others together. */
const same = /^(shell\.(product|pageTitle)|developmentInbox\.unseen|applications\.snippet\.\w+\.label)$/;

test('no sentence of the Console is in English in another language', () => {
  const chinese = new Map(textsIn(zhCN));
  const english = textsIn(en);
  expect(english.length).toBeGreaterThan(500);
  const untranslated = english.filter(
    ([path, text]) => /[a-z]{4}/.test(text) && chinese.get(path) === text && !same.test(path),
  );
  expect(untranslated).toEqual([]);
  const withoutChinese = [...chinese].filter(
    ([path, text]) =>
      /[a-z]{4}/.test(text.replaceAll(/%\{\w+\}/g, '')) && !/\p{Script=Han}/u.test(text) && !same.test(path),
  );
  expect(withoutChinese).toEqual([]);
});

test('what speaks of messages of any channel does not speak of SMS in Chinese', () => {
  const english = new Map(textsIn(en));
  const ofSms = [...textsIn(zhCN)].filter(
    ([path, text]) => text.includes('短信') && !/\bSMS\b|phone|character|country/i.test(english.get(path) ?? ''),
  );
  expect(ofSms).toEqual([]);
});
