import Fastify from 'fastify';
import helmet from 'helmet';
import { expect, test } from 'vitest';
import { setSecurityHeaders } from './security-headers.ts';

const policy =
  "default-src 'self';img-src 'self' data:;object-src 'none';base-uri 'none';form-action 'self';frame-ancestors 'none'";

async function headersAt(publicUrl: string) {
  const app = Fastify();
  setSecurityHeaders(app, { publicUrl });
  app.get('/', () => 'hello');
  app.get('/own', (_, reply) => reply.header('content-security-policy', "default-src 'none'").send('hello'));
  const [one, own, none] = await Promise.all(['/', '/own', '/nothing'].map((url) => app.inject(url)));
  return { one: one?.headers, own: own?.headers, none: none?.headers };
}

test('every reply has what Helmet sets by default, and our policy', async () => {
  const app = Fastify();
  app.addHook('onRequest', (request, reply, done) => helmet()(request.raw, reply.raw, () => done()));
  app.get('/', () => 'hello');
  const { date: _, ...standard } = (await app.inject('/')).headers;
  const { one, none } = await headersAt('https://sesame.example');
  expect(one).toMatchObject({ ...standard, 'content-security-policy': policy });
  expect(none).toMatchObject({ 'content-security-policy': policy, 'x-content-type-options': 'nosniff' });
});

test('a reply may have a policy of its own', async () => {
  const { own } = await headersAt('https://sesame.example');
  expect(own).toMatchObject({ 'content-security-policy': "default-src 'none'", 'x-frame-options': 'SAMEORIGIN' });
});

test('asks for https for ever only where it is there', async () => {
  expect((await headersAt('http://localhost:3001')).one).not.toHaveProperty('strict-transport-security');
});
