import Fastify from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { expect, test } from 'vitest';
import type { AppInstance } from './app-instance.ts';
import { describePages, pagingQuery } from './paging.ts';

test.each<[string, { total: number }, Record<string, number>]>([
  ['', { total: 45 }, { first: 1, next: 2, last: 3 }],
  ['?page=2', { total: 45 }, { first: 1, prev: 1, next: 3, last: 3 }],
  ['?page=3', { total: 45 }, { first: 1, prev: 2, last: 3 }],
  ['?page=9', { total: 45 }, { first: 1, prev: 8, last: 3 }],
  ['', { total: 0 }, { first: 1, last: 1 }],
])('%s of %j links to %j', async (query, found, expected) => {
  const app = Fastify()
    .setValidatorCompiler(validatorCompiler)
    .setSerializerCompiler(serializerCompiler) as AppInstance;
  app.get('/things', { schema: { querystring: pagingQuery } }, (request, reply) => {
    describePages(request, reply, found);
    return [];
  });
  const { headers } = await app.inject({ url: `/things${query}`, headers: { host: 'sesame.example' } });
  await app.close();
  const links = [...String(headers.link).matchAll(/<([^>]+)>; rel="(\w+)"/g)].map(([, url = '', name]) => {
    const target = new URL(url);
    expect(target.origin + target.pathname).toBe('http://sesame.example/things');
    return [name, Number(target.searchParams.get('page'))];
  });
  expect(Object.fromEntries(links)).toEqual(expected);
  expect(headers['total-number']).toBe(String(found.total));
  expect(headers['total-number-is']).toBe('exact');
});

test.each(['a b', '[', 'sesame.example:99999', 'a%'])('links are relative where the host is %j', async (host) => {
  const app = Fastify()
    .setValidatorCompiler(validatorCompiler)
    .setSerializerCompiler(serializerCompiler) as AppInstance;
  app.get('/things', { schema: { querystring: pagingQuery } }, (request, reply) => {
    describePages(request, reply, { total: 45 });
    return [];
  });
  const { statusCode, headers } = await app.inject({ url: '/things?page=2', headers: { host } });
  await app.close();
  expect([statusCode, String(headers.link)]).toEqual([200, expect.stringContaining('</things?page=3>; rel="next"')]);
});
