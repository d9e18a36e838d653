import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import { html } from '@sesame/pages';
import type { FastifyReply } from 'fastify';
import type { Administrators } from '../../admin/administrators.ts';
import type { Platform } from '../../platform.ts';
import type { AppInstance } from '../app-instance.ts';

/** Where the build puts the Console. */
export const consoleFolder = fileURLToPath(new URL('../../../../console/dist/', import.meta.url));

/** Stands in the page wherever the nonce of a response belongs. */
const noncePlaceholder = '__CSP_NONCE__';
/** Stands in the page where it says whether the server has an administrator: `missing` or `there`. */
const administratorPlaceholder = '__ADMINISTRATOR__';

/**
 * Scripts are files of the build; styles may be added by these scripts, which know the nonce. The preview of the hosted
 * pages shows a logo that may be anywhere.
 */
const contentSecurityPolicy = (nonce: string) =>
  `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: https:; font-src 'self'; ` +
  "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** Serves the Console at `/console` and whatever page of it is below that, its files at `/console/assets/`. */
export async function serveConsole(
  app: AppInstance,
  {
    platform,
    administrators,
    folder = consoleFolder,
  }: {
    platform: Pick<Platform, 'randomBytes'>;
    administrators: Pick<Administrators, 'isMissing'>;
    folder?: string;
  },
): Promise<void> {
  const schema = { hide: true };

  async function sendPage(reply: FastifyReply): Promise<FastifyReply> {
    const page = await readIfThere(join(folder, 'index.html'));
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-store');
    if (page === undefined) return reply.code(503).send(notBuiltPage);
    // Without a database the page still comes, and says that by itself.
    const isMissing = await administrators.isMissing().catch(() => false);
    const administrator = isMissing ? 'missing' : 'there';
    const nonce = platform.randomBytes(16).toString('base64');
    return reply
      .header('content-security-policy', contentSecurityPolicy(nonce))
      .send(page.replaceAll(noncePlaceholder, nonce).replace(administratorPlaceholder, administrator));
  }

  app.get('/', { schema }, (_request, reply) => reply.redirect('/console'));
  app.get('/console', { schema }, (_request, reply) => sendPage(reply));
  app.get('/console/*', { schema }, (_request, reply) => sendPage(reply));
  await app.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/console/assets/',
    // The name of a file changes with its content.
    immutable: true,
    maxAge: '365d',
    index: false,
    preCompressed: true,
    decorateReply: false,
    schemaHide: true,
    suppressWarning: true,
  });
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

const notBuiltPage = html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>The Console is not built</title>
  </head>
  <body>
    <h1>The Console is not built</h1>
    <p>Run <code>npm run build</code> in the folder of Sesame, then load this page again. <code>npm start</code> does so by itself. The API works meanwhile.</p>
  </body>
</html>
`.markup;
