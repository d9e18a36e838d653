import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { readConfig } from '../src/config.ts';
import { platform } from '../src/platform.ts';
import { startServer } from '../src/server.ts';

const file = new URL('../../console/src/api/schema.d.ts', import.meta.url);
const dataDir = await mkdtemp(join(tmpdir(), 'sesame-api-types-'));
try {
  const document = await openApiDocument();
  const types = astToString(await openapiTypescript(document));
  await writeFile(file, `// Made by scripts/build.mjs from the OpenAPI document of the server.\n${types}`);
} finally {
  await rm(dataDir, { recursive: true, force: true });
}

/** What a server on an empty store serves; the settings of this process are none of its own. */
async function openApiDocument(): Promise<string> {
  const config = readConfig({ SESAME_DATA_DIR: dataDir, SESAME_HOST: '127.0.0.1', SESAME_LOG_LEVEL: 'silent' });
  const server = await startServer({ ...config, port: 0 }, { platform, print: () => {} });
  try {
    const reply = await fetch(`http://127.0.0.1:${server.port}/api/swagger.json`);
    return await reply.text();
  } finally {
    await server.stop();
  }
}
