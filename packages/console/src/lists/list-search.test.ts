import { expect, test } from 'vitest';
import { isFiltered, listQueryOf, readListSearch, readTexts, typedText, withoutPage } from './list-search.ts';

test('what is no time, order or page is left out of an address', () => {
  expect(readListSearch({ since: 'year', from: 'x', until: -1, sort: 'name', page: 1, after: '' })).toEqual({});
  expect(readListSearch({ from: '1700000000000', until: 1_800_000_000_000, sort: 'oldest', page: '3' })).toEqual({
    from: 1_700_000_000_000,
    until: 1_800_000_000_000,
    sort: 'oldest',
    page: 3,
  });
  expect(readListSearch({ sort: '-name' }, ['name'])).toEqual({ sort: '-name' });
  expect(readListSearch({ sort: '-phone' }, ['name'])).toEqual({});
  expect(readListSearch({ since: 'day', from: 5, after: 'a', before: 'b' })).toEqual({ since: 'day', after: 'a' });
  expect(
    readTexts({ phone: 4912, suspended: false, other: 'x', search: '' }, ['phone', 'suspended', 'search']),
  ).toEqual({
    phone: '4912',
    suspended: 'false',
  });
});

test('a time back from now moves with the clock, and a place stands for the number of the page', () => {
  expect(listQueryOf({ since: 'hour', page: 2 }, 3_600_001)).toEqual({
    from: 1,
    until: undefined,
    sort: undefined,
    page: 2,
  });
  expect(listQueryOf({ from: 5, until: 9, page: 7, after: 'a' }, 0)).toEqual({
    from: 5,
    until: 9,
    sort: undefined,
    after: 'a',
  });
});

test('a page and an order are no filters', () => {
  const search = { sort: 'oldest', page: 2, after: 'a' };
  expect(isFiltered(search)).toBe(false);
  expect(withoutPage(search)).toEqual({ sort: 'oldest' });
  expect(isFiltered({ ...search, outcome: 'failed' })).toBe(true);
  expect(isFiltered({ ...search, outcome: undefined })).toBe(false);
});

test('what is pasted around a text is no part of it', () => {
  expect(typedText('\u200b \n01a2182f-4123\u00a0\u2069\r\n')).toBe('01a2182f-4123');
  expect(typedText('می\u200cخواهم ')).toBe('می\u200cخواهم');
});
