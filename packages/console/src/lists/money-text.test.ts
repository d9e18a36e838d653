import { expect, test } from 'vitest';
import { moneyList, moneyText } from './money-text.ts';

test.each([
  ['0.094', 'USD', 'sum', 'en', '$0.09'],
  ['0.00', 'USD', 'sum', 'en', '$0.00'],
  ['0.0079', 'USD', 'sum', 'en', '<$0.01'],
  ['1081.2604', 'USD', 'sum', 'en', '$1,081.26'],
  ['0.0305', 'EUR', 'price', 'zh-CN', '€0.0305'],
  ['0.5', 'USD', 'price', 'en', '$0.5000'],
  ['2', 'USD', 'price', 'en', '$2.0000'],
  ['0.00002', 'USD', 'price', 'en', '<$0.0001'],
  ['1081.2604', 'JPY', 'sum', 'en', '¥1,081'],
  ['0.4', 'JPY', 'sum', 'en', '<¥1'],
  ['9.5', 'JPY', 'price', 'zh-CN', 'JP¥9.50'],
  ['1.25', 'KWD', 'sum', 'en', 'KWD\u00a01.250'],
] as const)('%s %s as a %s in %s is %s', (amount, currency, kind, language, text) => {
  expect(moneyText({ amount, currency }, language, kind)).toBe(text);
});

test('amounts of several currencies stand beside each other', () => {
  const amounts = [
    { amount: '3.00', currency: 'USD' },
    { amount: '12.50', currency: 'CNY' },
  ];
  expect(moneyList(amounts, 'en')).toBe('$3.00 + CN¥12.50');
  expect(moneyList(amounts, 'en', 'price')).toBe('$3.0000 + CN¥12.5000');
  expect(moneyList([], 'en')).toBe('–');
});
