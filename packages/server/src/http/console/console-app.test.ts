import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { platform } from '../../platform.ts';
import type { AppInstance } from '../app-instance.ts';
import { handleErrors } from '../errors.ts';
import { setSecurityHeaders } from '../security-headers.ts';
import { serveConsole } from './console-app.ts';

const page = '<!doctype html><style nonce="__CSP_NONCE__"></style><meta property="csp-nonce" nonce="__CSP_NONCE__">';
const administratorMeta = '<meta name="administrator" content="__ADMINISTRATOR__">';

describe('the Console', () => {
  let folder: string;
  let app: AppInstance;
  let isMissing: () => boolean;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sesame-console-'));
    isMissing = () => false;
    app = Fastify({ routerOptions: { ignoreTrailingSlash: true } }) as AppInstance;
    handleErrors(app);
    setSecurityHeaders(app, { publicUrl: 'https://sesame.example' });
    app.get('/console/set-up', () => 'the page that sets up');
    await serveConsole(app, { platform, administrators: { isMissing: async () => isMissing() }, folder });
  });
  afterEach(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });

  async function build(index = page): Promise<void> {
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'index.html'), index);
    await writeFile(join(folder, 'assets/index-0a1b2c.js'), 'start();');
    await writeFile(join(folder, 'assets/index-0a1b2c.js.gz'), 'smaller');
  }

  test.each(['/console', '/console/', '/console/connectors/sms', '/console/users/a.b'])(
    '%s is the page',
    async (url) => {
      await build();
      const { statusCode, headers, body } = await app.inject(url);
      const [nonce] = /(?<='nonce-)[\w+/=]{24}(?=')/.exec(String(headers['content-security-policy'])) ?? [];
      expect(statusCode).toBe(200);
      expect(headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'content-security-policy':
          `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: https:; ` +
          "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
      });
      expect(body).toBe(page.replaceAll('__CSP_NONCE__', String(nonce)));
      expect((await app.inject(url)).body).not.toBe(body);
    },
  );

  test.each<[string, () => boolean]>([
    ['missing', () => true],
    ['there', () => false],
    [
      'there',
      () => {
        throw new Error('no database');
      },
    ],
  ])('says whether there is an administrator: %s', async (expected, answer) => {
    await build(administratorMeta);
    isMissing = answer;
    expect((await app.inject('/console')).body).toBe(`<meta name="administrator" content="${expected}">`);
  });

  test('serves files of the build for ever, compressed where the browser takes that', async () => {
    await build();
    const url = '/console/assets/index-0a1b2c.js';
    const plain = await app.inject(url);
    expect(plain).toMatchObject({ statusCode: 200, body: 'start();' });
    expect(plain.headers).toMatchObject({
      'content-type': 'application/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    const compressed = await app.inject({ url, headers: { 'accept-encoding': 'gzip, br' } });
    expect(compressed).toMatchObject({ statusCode: 200, body: 'smaller' });
    expect(compressed.headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-type': 'application/javascript; charset=utf-8',
    });
    expect(`${plain.headers.vary} ${compressed.headers.vary}`).toMatch(/accept-encoding.*accept-encoding/i);
  });

  test.each(['/console/assets/index-old.js', '/console/assets/old/', '/console/assets/..%2findex.html', '/other'])(
    '%s is not there',
    async (url) => {
      await build();
      const reply = await app.inject(url);
      expect([reply.statusCode, reply.body]).toEqual([404, expect.not.stringContaining('<')]);
    },
  );

  test('leaves the page that makes the first administrator alone', async () => {
    await build();
    expect((await app.inject('/console/set-up')).body).toBe('the page that sets up');
  });

  test('is where the root leads', async () => {
    expect(await app.inject('/')).toMatchObject({ statusCode: 302, headers: { location: '/console' } });
  });

  test('says how to build it while it is missing, and is there as soon as it is built', async () => {
    const missing = await app.inject('/console/users');
    expect(missing.statusCode).toBe(503);
    expect(missing.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(missing.body).toContain('npm run build');
    await build();
    expect((await app.inject('/console/users')).statusCode).toBe(200);
  });
});
