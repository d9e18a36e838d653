import i18next from 'i18next';
import { expect, test } from 'vitest';
import { en } from './en.ts';
import { zhCN } from './zh-cn.ts';

const textsOf = (catalogue: object, path = ''): [string, string][] =>
  Object.entries(catalogue).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : textsOf(value, `${path}${key}.`),
  );

test('what is counted in English has a singular and a plural', () => {
  const texts = new Map(textsOf(en));
  const counted =
    /%\{\w+(?:, number)?\} (?:SMS, each|(?:minute|second|hour|day|character|message|number|user|time|code|field|person|people|try|trie|row|request|entry|entrie)s?\b)/;
  const alone = [...texts].filter(([key, text]) => counted.test(text) && !/_(one|other)$/.test(key));
  expect(alone).toEqual([]);
  const plurals = [...texts.keys()].filter((key) => key.endsWith('_other'));
  expect(plurals.filter((key) => !texts.has(key.replace(/_other$/, '_one')))).toEqual([]);
  expect(textsOf(zhCN).filter(([key]) => key.endsWith('_one'))).toEqual([]);
});

test('what a list counts is written as the language writes large numbers', async () => {
  const texts = { en: { translation: en }, 'zh-CN': { translation: zhCN } };
  const language = i18next.createInstance();
  await language.init({ resources: texts, lng: 'en', interpolation: { prefix: '%{', suffix: '}' } });
  const counted = () =>
    (['users.total', 'messages.count', 'auditLog.count', 'developmentInbox.count'] as const).map((key) =>
      language.t(key, { count: 1_234_567 }),
    );
  for (const each of ['en', 'zh-CN']) {
    await language.changeLanguage(each);
    expect(counted()).toEqual(Array.from({ length: 4 }, () => expect.stringContaining('1,234,567')));
    expect(language.t('lists.page', { page: 2, pages: 12_345 })).toContain('12,345');
  }
});
