import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorCatalogue } from '../../packages/server/src/errors.ts';
import { type ConsoleServer, newConsoleServer } from '../setup/console.ts';
import { newPhone } from '../setup/phones.ts';

type Operation = { method: string; path: string; schema: Schema; statuses: string[] };
type Schema = { type?: string; enum?: unknown[]; properties?: Record<string, Schema>; items?: Schema };

/** Half surrogates are among them. */
const anyCharacter = fc.nat({ max: 0x10_ffff }).map((point) => String.fromCodePoint(point));

/** A key out of a few that are likely to reach the store, or anything. */
const anyText = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 60 }),
  fc.constantFrom('', '\u0000', 'a\u0000b', '\ud800', '__proto__', '%', "'", '🙂'.repeat(50), '9'.repeat(400)),
);
const anything = fc.oneof(anyText, fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(-0, 1e308, 2 ** 53, -1, 0.1));

/** Bodies that are near to what a schema says: the right shape, with any field missing or replaced by anything. */
function near(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...schema.enum) }, anything);
  const fields = Object.entries(schema.properties ?? {});
  if (fields.length > 0) {
    const shape = Object.fromEntries(fields.map(([key, field]) => [key, arbitraryFor(key, field)]));
    return fc.oneof({ weight: 8, arbitrary: fc.record(shape, { requiredKeys: [] }) }, anything);
  }
  if (schema.type === 'array') return fc.oneof(fc.array(near(schema.items ?? {}), { maxLength: 3 }), anything);
  if (schema.type === 'integer' || schema.type === 'number') return fc.oneof(fc.integer(), fc.double(), anything);
  if (schema.type === 'string') return fc.oneof({ weight: 4, arbitrary: anyText }, anything);
  return anything;
}

function arbitraryFor(key: string, schema: Schema): fc.Arbitrary<unknown> {
  if (/phone/i.test(key)) return fc.oneof(fc.constant('').map(newPhone), anything);
  if (key === 'connectorId') return fc.oneof(fc.constantFrom('http-sms', 'development-inbox'), anything);
  if (key === 'config') return fc.oneof(fc.dictionary(anyText, anything, { maxKeys: 3 }), fc.constant({}));
  if (key === 'customData' || key === 'profile') return fc.dictionary(anyText, anything, { maxKeys: 3 });
  return near(schema);
}

describe('random bodies', () => {
  let server: ConsoleServer;
  let authorization: string;
  let operations: Operation[];
  beforeAll(async () => {
    server = await newConsoleServer('SQLite');
    authorization = `Bearer ${await server.getAccessToken()}`;
    const { paths } = (await server.send('GET', '/api/swagger.json')).json();
    operations = Object.entries<Record<string, never>>(paths).flatMap(([path, methods]) =>
      Object.entries<{ requestBody?: { content: Record<string, { schema: Schema }> }; responses: object }>(methods)
        .filter(([method]) => method === 'post' || method === 'patch' || method === 'put')
        .map(([method, { requestBody, responses }]) => ({
          method: method.toUpperCase(),
          path,
          schema: requestBody?.content['application/json']?.schema ?? {},
          statuses: Object.keys(responses),
        })),
    );
    expect(operations.length).toBeGreaterThan(8);
  });
  afterAll(() => server.close());

  /** Sends a body, whatever it is, as JSON. */
  const send = (method: string, path: string, body: unknown) =>
    server.send(method as 'POST', path, {
      body: Buffer.from(JSON.stringify(body) ?? 'null'),
      headers: { authorization, 'content-type': 'application/json' },
    });

  /** Ids that exist, so that requests get as far as they can. */
  async function realPath({ path }: Operation): Promise<string> {
    if (path.includes('/test')) return path.replace(/\{\w+\}/, 'development-inbox');
    if (path.startsWith('/api/connectors/{')) {
      const made = await send('POST', '/api/connectors', { connectorId: 'development-inbox' });
      return path.replace(/\{\w+\}/, made.json().id);
    }
    const collection = /^(\/api\/(?:users|applications))\/\{/.exec(path)?.[1];
    if (!collection) return path.replace(/\{\w+\}/, 'none');
    const made = await send('POST', collection, { name: 'someone', type: 'MachineToMachine' });
    return path.replace(/\{\w+\}/, made.json().id);
  }

  test('are answered with a status of the documented ones, and never with a failure of ours', async () => {
    for (const operation of operations) {
      const path = await realPath(operation);
      const property = fc.asyncProperty(near(operation.schema), async (body) => {
        const { statusCode: status, body: text } = await send(operation.method, path, body);
        const seen = `${operation.method} ${path} answers ${status} ${text.slice(0, 300)}`;
        expect(status < 500 || status === 501 || status === 502, seen).toBe(true);
        // A body that is a string of JSON and not an object is refused before the operation sees it.
        expect([...operation.statuses, '400'], seen).toContain(String(status));
        if (status >= 400) expect(errorCatalogue, seen).toHaveProperty([JSON.parse(text).code]);
      });
      await fc.assert(property, { numRuns: 40, seed: 20_260_101 });
    }
  });

  test('are refused where a field holds an object that has no form as a text', async () => {
    const formless = { toString: 1, valueOf: 2 };
    for (const { method, path, schema } of operations) {
      const body = Object.fromEntries(Object.keys(schema.properties ?? {}).map((field) => [field, formless]));
      const { statusCode, body: text } = await send(method, path.replace(/\{\w+\}/g, 'none'), body);
      expect(statusCode, `${method} ${path} answers ${text.slice(0, 300)}`).toBeLessThan(500);
    }
  });
});
