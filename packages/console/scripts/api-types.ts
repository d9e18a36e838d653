import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { readConfig } from '../../server/src/config.ts';
import { platform } from '../../server/src/platform.ts';
import { startServer } from '../../server/src/server.ts';

/** Where the types are kept. */
export const apiTypesFile = fileURLToPath(new URL('../src/api/schema.d.ts', import.meta.url));

/** The types of the API, made from the OpenAPI document that a server on an empty store serves. */
export async function apiTypes(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sesame-api-types-'));
  try {
    const config = readConfig({ SESAME_DATA_DIR: dataDir, SESAME_HOST: '127.0.0.1', SESAME_LOG_LEVEL: 'silent' });
    const server = await startServer({ ...config, port: 0 }, { platform, print: () => {} });
    try {
      const reply = await fetch(`http://127.0.0.1:${server.port}/api/swagger.json`);
      const nodes = await openapiTypescript(await reply.text());
      return format(
        `// Made by scripts/write-api-types.mjs from the OpenAPI document of the server.\n${astToString(nodes)}`,
      );
    } finally {
      await server.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** As the rest of the code is formatted. */
function format(code: string): string {
  const biome = join(dirname(fileURLToPath(import.meta.resolve('@biomejs/biome/package.json'))), 'bin/biome');
  const args = [biome, 'check', '--write', `--stdin-file-path=${apiTypesFile}`];
  return execFileSync(process.execPath, args, { input: code, encoding: 'utf8' });
}
