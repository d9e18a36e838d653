import { describe, expect, test } from 'vitest';
import { canReceiveSms, isMainlandChina, type ParsedPhone, parsePhone } from './phone.ts';

describe('a number with its calling code', () => {
  test.each([
    '+8613800138000',
    '8613800138000',
    ' +86 138-0013-8000 ',
    '+86 (138) 0013.8000',
    '+86/138/0013/8000',
    '+86\u00a0138\u20110013\u20138000',
    '\u202a+86\u200e138\u200b00138000\u202c\ufeff',
    '\u2066+86 138 0013 8000\u2069\ufe0f',
    '+86\u2212138\u22120013\u22128000',
    '＋８６ー１３８ー００１３ー８０００',
    '٠٠٨٦١٣٨٠٠١٣٨٠٠٠',
    '+۸۶۱۳۸۰۰۱۳۸۰۰۰',
    '+८६१३८००१३८०००',
    '+86\u2053138\u20130013\u27968000',
    '+86\u30fb138\u20270013\u06d48000',
    '+86\u2215138\u20440013\\8000',
    '+86\u2800138\u31640013\u115f8000',
    '+8\ufe0f\u20e36\ufe0f\u20e313800138000',
    '+𝟖𝟔𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎',
    'tel:+86-138-0013-8000',
    'TEL:138-0013-8000;phone-context=+86',
    '008613800138000',
    '+008613800138000',
  ])('%j is read', (input) => {
    expect(parsePhone(input)).toMatchObject({ e164: '+8613800138000', country: 'CN', callingCode: '86' });
  });

  test.each([
    '',
    '+',
    'abc',
    '13800138000x',
    '+999123456789',
    '+861',
    '+1234567890123456',
    '00１',
    '+1 415 555 0132 ext. 5',
    'tel:+1-415-555-0132;ext=5',
    '4155550132',
    '+14155550132 +14155550133',
    '1'.repeat(65),
    '<script>',
  ])('%j is refused', (input) => {
    expect(parsePhone(input)).toBeUndefined();
  });
});

describe('a number as it is dialled in the chosen country', () => {
  test.each([
    ['US', '(415) 555-0132', '+14155550132'],
    ['US', '1 415 555 0132', '+14155550132'],
    ['US', '+49 1512 3456789', '+4915123456789'],
    ['US', '011 49 1512 3456789', '+4915123456789'],
    ['US', '0049 1512 3456789', '+4915123456789'],
    ['US', '8613800138000', '+8613800138000'],
    ['DE', '0151 23456789', '+4915123456789'],
    ['DE', '151 23456789', '+4915123456789'],
    ['DE', '4915123450000', '+4915123450000'],
    ['DE', '+49 (0) 151 23450000', '+4915123450000'],
    ['JP', '010 49 151 23450000', '+4915123450000'],
    ['AU', '0011 49 151 23450000', '+4915123450000'],
    ['CN', '138 0013 8000', '+8613800138000'],
    ['SA', '٠٥٠١٢٣٤٥٦٧', '+966501234567'],
    ['IR', '۰۹۱۲۳۴۵۶۷۸۹', '+989123456789'],
    ['IN', '9198765432', '+919198765432'],
    ['IN', '919876543210', '+919876543210'],
    ['IT', '06 123456', '+3906123456'],
    ['IT', '39 312 3456789', '+393123456789'],
    ['RU', '8 912 345-67-89', '+79123456789'],
    ['GB', '07400 123456', '+447400123456'],
    ['XX', '+14155550132', '+14155550132'],
  ])('in %s, %s is %s', (country, typed, e164) => {
    expect(parsePhone(typed, country)?.e164).toBe(e164);
  });

  test.each([
    ['US', '12'],
    ['US', '415555013a'],
    ['US', '+0'],
    ['XX', '4155550132'],
  ])('in %s, %j is no number', (country, typed) => {
    expect(parsePhone(typed, country)).toBeUndefined();
  });
});

describe('two spellings of one phone', () => {
  test.each([
    ['+5215512345678', '+525512345678'],
    ['5215512345678', '+525512345678'],
    ['+541112345678', '+5491112345678'],
    ['+54 11 15 1234-5678', '+5491112345678'],
    ['+551187654321', '+5511987654321'],
    ['+22997123456', '+2290197123456'],
  ])('%s is %s', (typed, e164) => {
    expect(parsePhone(typed)?.e164).toBe(e164);
    expect(parsePhone(e164)?.e164).toBe(e164);
  });

  test.each([
    ['MX', '1 55 1234 5678', '+525512345678'],
    ['AR', '011 15 1234-5678', '+5491112345678'],
    ['AR', '11 1234-5678', '+5491112345678'],
    ['BR', '(11) 8765-4321', '+5511987654321'],
    ['BR', '011 98765-4321', '+5511987654321'],
  ])('in %s, %s is %s', (country, typed, e164) => {
    expect(parsePhone(typed, country)?.e164).toBe(e164);
  });

  test('what is no other spelling stays', () => {
    const numbers = ['+551133334444', '+5491112345678', '+525512345678', '+548001234567'];
    expect(numbers.map((number) => parsePhone(number)?.e164)).toEqual(numbers);
  });
});

describe('who can get an SMS', () => {
  const canReceive = (input: string) => canReceiveSms(parsePhone(input) as ParsedPhone);

  test.each([
    ['premium-rate', '+19005551234', '+449098765432', '+979123456789'],
    ['shared-cost', '+491805123456', '+80812345678'],
    ['toll-free', '+18005551234', '+448001234567', '+80012345678'],
    ['UAN', '+443001234567', '+498001234567'],
    ['personal', '+447012345678', '+4970012345678', '+15002345678'],
    ['satellite', '+870773111632', '+881612345678'],
    ['international networks', '+882345678901', '+883510000000', '+878101234567890'],
  ])('%s numbers cannot', (_, ...numbers) => {
    for (const number of numbers) expect(canReceive(number), number).toBe(false);
  });

  test.each(['+14155550132', '+8613800138000', '+447400123456', '+496991234', '+11111111111'])('%s can', (number) => {
    expect(canReceive(number)).toBe(true);
  });
});

test('tells mainland China from Hong Kong, Macau and Taiwan', () => {
  expect(isMainlandChina('+8613800138000')).toBe(true);
  expect(['+85251234567', '+85366123456', '+886912345678', '+12025550123'].some(isMainlandChina)).toBe(false);
});

describe('a number with the zero of calls inside the country', () => {
  test.each([
    ['+420 (0) 601 123 456', '+420601123456'],
    ['+34 (0)612 345 678', '+34612345678'],
    ['0049 (0) 151 23450000', '+4915123450000'],
    ['+44 （0）7400 123456', '+447400123456'],
    // There the zero is part of the number.
    ['+39 (0)332 123456', '+390332123456'],
  ])('%j is %s', (input, e164) => {
    expect(parsePhone(input)?.e164).toBe(e164);
  });
});

test.each([
  ['+54 9 11 15 2345-6789', '+5491123456789'],
  ['+54 9 351 15 345-6789', '+5493513456789'],
  ['+54 9 2966 15 45-6789', '+5492966456789'],
])('%j has both marks of a mobile of Argentina and is %s', (input, e164) => {
  expect(parsePhone(input)?.e164).toBe(e164);
});
