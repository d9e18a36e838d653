import { expect, test } from 'vitest';
import { countryCodes } from './countries.ts';
import { countryGroups } from './country-groups.ts';

test('every country that numbers tell is in one group', () => {
  expect(countryGroups.flatMap(({ codes }) => codes).toSorted()).toEqual(countryCodes.toSorted());
});
