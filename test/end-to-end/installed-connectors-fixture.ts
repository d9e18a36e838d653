import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>';

/** Metadata of a connector that is as it should be. */
export const goodMetadata = (id: string) => ({
  id,
  target: id,
  platform: null,
  name: { en: `Connector ${id}` },
  description: { en: 'A connector of the tests' },
  logo: './logo.svg',
  logoDark: null,
  readme: './README.md',
  formItems: [
    { key: 'behaviour', label: 'Behaviour', type: 'Text' },
    { key: 'token', label: 'Token', type: 'Text', isConfidential: true },
  ],
});

/** A module that sends by running `send`, with `data` and `config` in its scope. */
export const moduleOf = (metadata: unknown, send = "return { providerMessageId: 'sent-1' };") => `
const metadata = ${JSON.stringify(metadata)};
export default async ({ getConfig }) => ({
  metadata,
  type: 'Sms',
  configGuard: { safeParse: (data) => ({ success: true, data }) },
  async sendMessage(data, config) { ${send} },
});
`;

/** A package to write; `files` are by path. */
export type WrittenPackage = { manifest?: Record<string, unknown> | string; files?: Record<string, string> };

/** Writes a package with a connector to `folder/name`. */
export async function writePackage(folder: string, name: string, { manifest, files = {} }: WrittenPackage) {
  const full = { name, version: '1.0.0', type: 'module', main: './index.js', ...(manifest as object) };
  const text = typeof manifest === 'string' ? manifest : JSON.stringify(full);
  const all = { 'package.json': text, 'logo.svg': svg, 'README.md': `# ${name}\n`, ...files };
  for (const [path, content] of Object.entries(all)) {
    const file = join(folder, name, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return join(folder, name);
}

/** Writes a connector that is as it should be but for what is told. */
export function writeConnector(folder: string, id: string, { send, module }: { send?: string; module?: string } = {}) {
  return writePackage(folder, id, { files: { 'index.js': module ?? moduleOf(goodMetadata(id), send) } });
}
