import { expect, test } from 'vitest';
import { keepOtherGrants } from './merges.ts';

const [one, two] = [
  { acr: 'urn:logto:acr:1fa', amr: ['pwd'] },
  { acr: 'urn:logto:acr:mfa', amr: ['pwd', 'sms', 'mfa'] },
];
const session = (how: object, loginTs = 100) => JSON.stringify({ accountId: 'ali', loginTs, ...how });
const merged = (stored: string, written: string, isRenamed: boolean) =>
  JSON.parse(keepOtherGrants(stored, written, isRenamed) ?? '{}');

test('how somebody signed in stays as another request has written it, unless this one signs in', () => {
  expect(merged(session(two), session(one), false)).toMatchObject(two);
  // A second factor leaves the time of the sign-in.
  expect(merged(session(one), session(two), true)).toMatchObject({ ...two, loginTs: 100 });
  expect(merged(session(two, 200), session(one), true)).toMatchObject({ ...two, loginTs: 200 });
  expect(merged(session(two), session(one, 200), true)).toMatchObject({ ...one, loginTs: 200 });
});
