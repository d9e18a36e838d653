import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeProblemsOf } from '../setup/axe.ts';
import { load, narrow, type SectionRig, startSectionRig } from './section-rig.ts';

let rig: SectionRig;
beforeAll(async () => {
  rig = await startSectionRig();
});
afterAll(() => rig?.close());

/** Runs the server of the snippet, which finds the public address of Sesame where it listens, and asks it something. */
async function callApi(program: string, tokens: readonly string[]): Promise<number[]> {
  const folder = await mkdtemp(join(tmpdir(), 'sesame-api-'));
  const file = join(folder, 'api.mjs');
  await symlink(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(folder, 'node_modules'));
  await writeFile(file, program.replace('/jwks`)', '/jwks`.replace(issuer, process.env.LISTENS))'));
  const { PATH = '' } = process.env;
  const env = { PATH, PORT: '0', LISTENS: `${rig.server.baseUrl}/oidc` };
  const child = spawn(process.execPath, [file], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  try {
    const says = once(child.stdout, 'data').then(([line]) => /port (\d+)/.exec(String(line))?.[1]);
    const port = await Promise.race([says, exited.then(() => expect.fail('the program ended'))]);
    const replies = tokens.map((token) =>
      fetch(`http://127.0.0.1:${port}/`, { headers: { authorization: `Bearer ${token}` } }),
    );
    return (await Promise.all(replies)).map(({ status }) => status);
  } finally {
    child.kill();
    await exited;
    await rm(folder, { recursive: true });
  }
}

/** A token of a back end for this resource, with this scope or none. */
async function tokenFor(resource: string, scope = ''): Promise<string> {
  const { management, baseUrl } = rig.server;
  const { body } = await management.post('/applications', { name: 'Robot', type: 'MachineToMachine' });
  const reply = await fetch(`${baseUrl}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${body.id}:${body.secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', resource, scope }),
  });
  return ((await reply.json()) as { access_token: string }).access_token;
}

test('creates an API resource with a scope; the snippet verifies its tokens; both are deleted', async () => {
  const { server } = rig;
  const indicator = 'https://orders.example.com/v1';
  const page = await rig.open('resources');
  await page.getByRole('link', { name: 'Sesame Management API' }).waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  await page.getByRole('link', { name: 'Create API resource' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Indicator').fill('orders');
  await dialog.getByLabel('Name').fill('Orders');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await dialog.getByText('Give an absolute URI').waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  await dialog.getByLabel('Indicator').fill(indicator);
  await dialog.getByRole('button', { name: 'Create' }).click();

  await page.getByRole('heading', { level: 1, name: 'Orders' }).waitFor();
  await page.getByRole('link', { name: 'Add a scope' }).click();
  await dialog.getByLabel('Scope').fill('orders read');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await dialog.getByText('Leave out spaces').waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  await dialog.getByLabel('Scope').fill('orders:read');
  await dialog.getByLabel('Only machine-to-machine applications').check();
  await dialog.getByRole('button', { name: 'Add' }).click();
  await page.getByRole('link', { name: 'Delete orders:read' }).waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);

  const program = page.locator('pre').filter({ hasText: "const scope = 'orders:read';" });
  await program.waitFor();
  const tokens = [await tokenFor(indicator, 'orders:read'), await tokenFor(indicator)];
  const ofOther = await server.management.token();
  expect(await callApi(await program.innerText(), [...tokens, ofOther, 'none'])).toEqual([200, 403, 401, 401]);

  await page.getByLabel('Lifetime of access tokens').fill('60');
  await page.getByLabel('Default').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  const path = `/resources/${new URL(page.url()).pathname.split('/').at(-1)}`;
  expect((await server.management.get(path)).body).toMatchObject({
    ...{ name: 'Orders', indicator },
    ...{ accessTokenTtl: 60, isDefault: true },
  });

  await page.getByRole('link', { name: 'Delete orders:read' }).click();
  await dialog.waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('No scopes yet.').waitFor();
  await page.getByRole('link', { name: 'Delete API resource' }).click();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('heading', { level: 1, name: 'API resources' }).waitFor();
  expect((await server.management.get(path)).status).toBe(404);

  await page.getByRole('link', { name: 'Sesame Management API' }).click();
  await page.getByRole('main').locator('table').waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
});

test('axe finds nothing: dark, in Chinese, 380 pixels wide', async () => {
  const { management, baseUrl } = rig.server;
  const page = await rig.open('resources', narrow);
  await page.getByRole('link', { name: 'Sesame Management API' }).waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  const indicator = `https://api.example.com/${'a-long-path/'.repeat(10)}`;
  const { body } = await management.post('/resources', { name: 'Stock', indicator });
  const { body: scope } = await management.post(`/resources/${body.id}/scopes`, { name: 'stock:read' });
  for (const path of [body.id, `${body.id}/scopes/create`, `${body.id}/scopes/${scope.id}/delete`, 'management-api']) {
    await load(page, `${baseUrl}/console/resources/${path}`);
    await page.getByRole('main').locator('table').waitFor({ state: 'attached' });
    if (path.includes('/')) await page.getByRole('dialog').waitFor();
    if (path === body.id) await page.locator('pre').waitFor();
    expect(await axeProblemsOf(page)).toEqual([]);
  }
});
