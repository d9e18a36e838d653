import { expect, test } from 'vitest';
import { publicInboxes } from './public-inboxes.ts';

const inbox = { isDemo: true, state: 'live' } as const;
const connectors = [
  { ...inbox, type: 'Sms' },
  { ...inbox, type: 'Email' },
] as const;

test.each([
  ['over https, each channel with a live inbox', connectors, 'https:', ['Sms', 'Email']],
  ['not over http, as while developing', connectors, 'http:', []],
  ['not a provider', [{ ...inbox, isDemo: false, type: 'Sms' }], 'https:', []],
  ['not one that is not live', [{ ...inbox, state: 'not-configured', type: 'Sms' }], 'https:', []],
  ['the one that is left', [{ ...inbox, isDemo: false, type: 'Sms' }, connectors[1]], 'https:', ['Email']],
] as const)('%s', (_what, given, protocol, expected) => {
  expect(publicInboxes(given, { protocol })).toEqual(expected);
});
