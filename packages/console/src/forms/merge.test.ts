import { expect, test } from 'vitest';
import { merge } from './merge.ts';

type Values = { name: string; uris: string[]; texts: { [language: string]: { [key: string]: string } } };
const start: Values = { name: 'Cave', uris: ['https://a.example'], texts: { de: { title: 'Höhle', lead: 'Offen' } } };

test.each<[string, Partial<Values>, Partial<Values>, Partial<Values>, boolean]>([
  ['only the form has changed something', { name: 'Shop' }, {}, { name: 'Shop' }, false],
  ['only others have', {}, { name: 'Store' }, { name: 'Store' }, false],
  ['both have, each another value', { name: 'Shop' }, { uris: [] }, { name: 'Shop', uris: [] }, false],
  ['both have, to the same', { uris: [] }, { uris: [] }, { uris: [] }, false],
  ['both have, to another', { name: 'Shop', uris: [] }, { name: 'Store' }, { name: 'Shop', uris: [] }, true],
  [
    'the form takes a text out, others add one',
    { texts: { de: { lead: 'Offen' } } },
    { texts: { de: { title: 'Höhle', lead: 'Offen', foot: 'Zu' }, fr: { title: 'Grotte' } } },
    { texts: { de: { lead: 'Offen', foot: 'Zu' }, fr: { title: 'Grotte' } } },
    false,
  ],
  [
    'the form takes a text out that others change',
    { texts: { de: { lead: 'Offen' } } },
    { texts: { de: { title: 'Keller', lead: 'Offen' } } },
    { texts: { de: { lead: 'Offen' } } },
    true,
  ],
])('%s', (_, mine, theirs, merged, isConflict) => {
  const now = { ...start, ...theirs };
  expect(merge(start, { ...start, ...mine }, now)).toEqual({ start: now, values: { ...start, ...merged }, isConflict });
});
