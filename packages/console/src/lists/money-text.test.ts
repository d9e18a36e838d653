import { expect, test } from 'vitest';
import { moneyList, moneyText } from './money-text.ts';

test.each([
  ['0.094', 'USD', 'en', '$0.094'],
  ['0.00', 'USD', 'en', '$0.00'],
  ['1081.2604', 'USD', 'en', '$1,081.26'],
  ['0.0305', 'EUR', 'zh-CN', '€0.0305'],
])('%s %s in %s is %s', (amount, currency, language, text) => {
  expect(moneyText({ amount, currency }, language)).toBe(text);
});

test('amounts of several currencies stand beside each other', () => {
  const amounts = [
    { amount: '3.00', currency: 'USD' },
    { amount: '12.50', currency: 'CNY' },
  ];
  expect(moneyList(amounts, 'en')).toBe('$3.00 + CN¥12.50');
  expect(moneyList([], 'en')).toBe('–');
});
