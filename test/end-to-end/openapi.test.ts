import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createApp } from '../../packages/server/src/app.ts';
import { errorCatalogue } from '../../packages/server/src/errors.ts';
import { newServer, type TestServer } from '../setup/server.ts';

type Schema = { $ref?: string; type?: string; [keyword: string]: unknown };
type Parameter = { name: string; in: string; required?: boolean; schema: Schema };
type Operation = {
  summary?: string;
  tags?: string[];
  operationId?: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { description?: string; content?: Record<string, { schema: Schema }> }>;
};
/** What a schema may say of a text, or of what texts are in. */
type Open = Schema & {
  pattern?: string;
  format?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  enum?: string[];
  const?: string;
};
/** Texts that are looked up, compared or read by a grammar of their own, and never kept as they were typed. */
const readMoreStrictly = new Set([
  ...['phone', 'email', 'primaryPhone', 'primaryEmail', 'supportEmail', 'username', 'value'],
  ...['connectorId', 'replaces', 'verificationId', 'newIdentifierVerificationRecordId', 'userId', 'usageType'],
  ...['password', 'currentPassword', 'newPassword', 'passwordDigest', 'code', 'verificationCode', 'captchaToken'],
  ...['locale', 'language', 'languageTag', 'redirectUris', 'postLogoutRedirectUris', 'corsAllowedOrigins', 'url'],
  ...['indicator', 'webauthnRelatedOrigins', 'codes'],
]);
type Document = {
  openapi: string;
  info: { title: string; version: string };
  servers: { url: string }[];
  security: Record<string, string[]>[];
  components: { securitySchemes: Record<string, object>; schemas?: Record<string, Schema> };
  paths: Record<string, Record<string, Operation>>;
};

let server: TestServer;
let document: Document;
let operations: { name: string; path: string; operation: Operation }[];
beforeAll(async () => {
  server = await newServer('SQLite');
  document = (await server.management.get('/swagger.json')).body;
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      path,
      operation,
    })),
  );
});
afterAll(() => server.close());

/** Names of parameters do not matter: the router keeps those of one place together. */
const withoutNames = (route: string) => route.replace(/\{\w+\}/g, '{}');

/** Every route of the app, as `METHOD /path/{}`. */
async function registeredRoutes(): Promise<string[]> {
  const { services, publicUrl } = server;
  const app = await createApp({
    services,
    settings: { publicUrl, apiIndicator: `${publicUrl}/api`, trustedProxies: [] },
    authenticate: async () => {},
    logger: false,
    metrics: undefined,
    // The routes are listed, none is called.
    interactions: undefined as never,
    mounts: [],
  });
  await app.ready();
  const segments: string[] = [];
  const routes: string[] = [];
  for (const line of app.printRoutes({ commonPrefix: false }).split('\n')) {
    const [, indent, segment = '', methods = ''] = /^([│├└─\s]*)(\S+)(?: \((.+)\))?$/.exec(line) ?? [];
    if (indent === undefined) continue;
    segments.splice(Math.max(indent.length / 4 - 1, 0), Number.POSITIVE_INFINITY, segment);
    const path = segments.join('').replace(/:\w+(\|:\w+)*/g, '{}');
    for (const method of methods.split(', ').filter(Boolean)) routes.push(`${method} ${path}`);
  }
  await app.close();
  return routes;
}

describe('the OpenAPI document', () => {
  test('is of version 3.1 and says who may call', () => {
    expect(document).toMatchObject({
      openapi: expect.stringMatching(/^3\.1\.\d+$/),
      info: { title: 'Sesame', version: expect.any(String) },
      servers: [{ url: server.publicUrl }],
    });
    const schemes = Object.keys(document.components.securitySchemes);
    for (const requirement of document.security) {
      for (const name of Object.keys(requirement)) expect(schemes).toContain(name);
    }
  });

  test('is open to everybody, since it tells nothing of the installation', async () => {
    const response = await fetch(`${server.baseUrl}/api/swagger.json`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(document);
  });

  test('is written once, however often anybody asks for it', async () => {
    const writing = vi.spyOn(JSON, 'stringify');
    for (const path of ['/api/swagger.json', '/api/docs/json', '/api/docs/json']) {
      const response = await fetch(`${server.baseUrl}${path}`);
      expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(await response.json()).toEqual(document);
    }
    const written = writing.mock.calls.filter(([value]) => value?.openapi !== undefined);
    writing.mockRestore();
    expect(written).toEqual([]);
  });

  test('documents every route under /api, and only those', async () => {
    const routes = await registeredRoutes();
    expect(routes).toContain('GET /api/status');
    const withoutHead = routes.filter((route) => !/^(HEAD|OPTIONS) /.test(route));
    const own = withoutHead.filter((route) => / \/api\//.test(route) && !/ \/api\/(docs|swagger\.json)/.test(route));
    const documented = operations.map(({ name }) => withoutNames(name));
    expect(documented.toSorted()).toEqual([...new Set(own.map((route) => route.replace(/\/$/, '')))].toSorted());
  });

  test('no text that is kept takes control characters: it may come to a header, a log, a list or a message', () => {
    const hostile = 'a\u0000b\r\nc\u001b';
    function openTexts(schema: Schema, path: string): string[] {
      const { $ref, type, pattern, format, properties = {}, items, anyOf, enum: values, const: value } = schema as Open;
      if ($ref !== undefined) return openTexts(document.components.schemas?.[$ref.split('/').at(-1) ?? ''] ?? {}, path);
      const parts = [...(anyOf ?? []).map((one) => openTexts(one, path)), items ? openTexts(items, `${path}[]`) : []];
      for (const [name, one] of Object.entries(properties)) parts.push(openTexts(one, `${path}.${name}`));
      const isOpen = type === 'string' && values === undefined && value === undefined && format === undefined;
      const takes = isOpen && (pattern === undefined || new RegExp(pattern, 'u').test(hostile));
      return [...(takes ? [path] : []), ...parts.flat()];
    }
    const found = operations.flatMap(({ name, operation }) =>
      Object.values(operation.requestBody?.content ?? {}).flatMap(({ schema }) => openTexts(schema, name)),
    );
    const strange = found.filter((path) => !readMoreStrictly.has(path.replace(/\[\]$/, '').split('.').at(-1) ?? ''));
    expect(strange).toEqual([]);
  });

  test('each operation says what it does, and describes its path and its replies', () => {
    for (const { name, path, operation } of operations) {
      expect(operation.summary, name).toMatch(/^[A-Z].*[^.]$/);
      expect(operation.tags, name).toHaveLength(1);
      const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
      expect(
        inPath.map((parameter) => parameter.name),
        name,
      ).toEqual(named);
      expect(
        inPath.every(({ required }) => required),
        name,
      ).toBe(true);
      for (const { name: parameter, schema } of operation.parameters ?? [])
        expect(schema, parameter).toBeTypeOf('object');
      const statuses = Object.keys(operation.responses);
      expect(
        statuses.some((status) => /^2\d\d$/.test(status)),
        name,
      ).toBe(true);
      for (const [status, { description, content }] of Object.entries(operation.responses)) {
        expect(status, name).toMatch(/^[2-5]\d\d$/);
        expect(description, `${name} ${status}`).toBeTypeOf('string');
        expect(content !== undefined || ['201', '204'].includes(status), `${name} ${status}`).toBe(true);
      }
      const isWrite = /^(POST|PATCH|PUT) /.test(name);
      const { content: bodies = {} } = operation.requestBody ?? {};
      const body = bodies['application/json'] ?? bodies['application/x-ndjson'];
      const hasBody = body?.schema !== undefined;
      expect(
        hasBody ||
          !isWrite ||
          /\/(unlock|decline|restore|rotate|send-again|sign-out|signing-key|submit|generate|totp\/secret|mfa\/trusted-device|make-primary|mfa\/mfa-skipped)$/.test(
            path,
          ),
        name,
      ).toBe(true);
      if (path === '/api/status') continue;
      const isForEverybody = path.includes('/.well-known/');
      expect(statuses, name).toEqual(expect.arrayContaining(['400', '503', ...(isForEverybody ? [] : ['401'])]));
    }
  });

  test('every reference leads somewhere', () => {
    for (const [, pointer = ''] of JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)) {
      expect(pointer).toMatch(/^#\//);
      const target = pointer
        .slice(2)
        .split('/')
        .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document);
      expect(target, pointer).toBeTypeOf('object');
    }
  });

  test('what every refusal answers with is said once, and nothing is said that no operation uses', () => {
    const { components, ...rest } = document;
    const used = [...JSON.stringify(rest).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
    expect(Object.keys(components.schemas ?? {}).toSorted()).toEqual([...new Set(used)].toSorted());
    for (const { name, operation } of operations) {
      for (const [status, { content }] of Object.entries(operation.responses)) {
        if (Number(status) < 400 || name === 'POST /api/sign-in-exp/default/check-password') continue;
        expect(content?.['application/json']?.schema, `${name} ${status}`).toEqual({
          $ref: '#/components/schemas/Error',
        });
      }
    }
  });

  test('each error that an operation names is in the catalogue, at its status', () => {
    for (const { name, operation } of operations) {
      for (const [status, { description = '' }] of Object.entries(operation.responses)) {
        for (const [, code = ''] of description.matchAll(/`([a-z_]+\.[a-z_]+)`/g)) {
          expect(errorCatalogue, `${name} ${status}`).toHaveProperty([code]);
          expect(errorCatalogue[code as keyof typeof errorCatalogue].status, `${name} ${code}`).toBe(Number(status));
        }
      }
    }
  });
});

describe('the catalogue of error codes', () => {
  test('has a section for each code in docs/errors.md, and no other', () => {
    const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
    const sections = [...page.matchAll(/^## `(.+)`$/gm)].map(([, code]) => code);
    expect(sections).toEqual(Object.keys(errorCatalogue));
  });

  test('uses dotted names in lower case, statuses of errors and whole sentences', () => {
    for (const [code, { status, message, hint }] of Object.entries(errorCatalogue)) {
      expect(code).toMatch(/^[a-z_]+(\.[a-z_]+)+$/);
      expect(status, code).toBeGreaterThanOrEqual(400);
      expect(message, code).toMatch(/^[A-Z].*\.$/);
      expect(hint, code).toMatch(/^[A-Z`].*\.$/);
    }
  });
});
