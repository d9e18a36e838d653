import { expect, test } from 'vitest';
import { z } from 'zod';
import { rightFields } from './right-fields.ts';

const schema = z.object({
  name: z.string().min(1),
  phone: z.string().transform((text) => ({ e164: text })),
  brand: z.object({ color: z.string().optional(), name: z.string().optional() }).optional(),
  uris: z.array(z.string()).optional(),
});

test.each<[string, unknown, string[], object]>([
  ['one field', { name: '', phone: '+1' }, ['name'], { phone: { e164: '+1' } }],
  ['a part of an object', { brand: { color: 7, name: 'Acme' } }, ['brand.color', 'name'], { brand: { name: 'Acme' } }],
  [
    'several parts of an object',
    { brand: { color: 7, other: 1, name: 'Acme' } },
    ['brand.color', 'brand.other'],
    { brand: { name: 'Acme' } },
  ],
  ['an entry of a list, whose others move', { name: 'a', uris: ['x', 7] }, ['uris.1'], { name: 'a' }],
  ['what nobody knows', { name: 'a', other: 1 }, ['other'], { name: 'a' }],
  ['nothing that is no object', 'text', [''], {}],
  ['what is refused beyond what was named', { name: 'a', phone: 7 }, [], { name: 'a' }],
])('what is right beside %s', (_, value, refused, expected) => {
  expect(rightFields(schema, value, refused)).toEqual(expected);
});
