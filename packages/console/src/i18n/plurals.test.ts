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
    /%\{\w+\} (?:SMS, each|(?:minute|second|hour|day|character|message|number|user|time|code|field|person|people|try|trie)s?\b)/;
  const alone = [...texts].filter(([key, text]) => counted.test(text) && !/_(one|other)$/.test(key));
  expect(alone).toEqual([]);
  const plurals = [...texts.keys()].filter((key) => key.endsWith('_other'));
  expect(plurals.filter((key) => !texts.has(key.replace(/_other$/, '_one')))).toEqual([]);
  expect(textsOf(zhCN).filter(([key]) => key.endsWith('_one'))).toEqual([]);
});
