import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundledServer } from './bundled-server.mjs';
import { root } from './root.mjs';

// Puts the server and its packages into few files: to find, read and keep two thousand modules takes most of a start.
// Its argument is the folder that has Rolldown. See docs/decisions/0029-the-server-in-few-files.md.
const [tools = root] = process.argv.slice(2);
const { rolldown } = await import(pathToFileURL(join(tools, 'node_modules/rolldown/dist/index.mjs')).href);

const folder = dirname(join(root, bundledServer.file));

/** They look for files beside themselves in ways that only they know. */
const withFiles = ['@fastify/static', '@fastify/swagger-ui'];

const url = /new URL\('\.\/([\w-]+-thread)\.ts', import\.meta\.url\)|import\.meta\.url/g;

/**
 * What a module finds by its own place (translations, guides) it goes on finding there. Threads, which would load the type
 * stripper and its 17 MB to start from their sources, are made with the server, and found beside it.
 */
const places = {
  name: 'places',
  transform(code, file) {
    if (!/import\.meta\.(url|dirname)/.test(code)) return null;
    const place = (path) => JSON.stringify(relative(folder, path).replaceAll('\\', '/'));
    const threadOf = (name) => {
      this.emitFile({ type: 'chunk', id: join(dirname(file), `${name}.ts`), fileName: `${name}.mjs` });
      return `new URL("./${name}.mjs", import.meta.url)`;
    };
    return code
      .replaceAll(url, (_, thread) => (thread ? threadOf(thread) : `new URL(${place(file)}, import.meta.url).href`))
      .replaceAll(
        'import.meta.dirname',
        `process.getBuiltinModule('node:url').fileURLToPath(new URL(${place(dirname(file))}, import.meta.url))`,
      );
  },
};

/** Node's own import of this module looks at all that it exports, and so loads the WebSocket in it, which takes 14 MB. */
const http = {
  name: 'http',
  resolveId: (id, _, { kind }) => (id === 'node:http' && kind === 'import-statement' ? '\0http.cjs' : null),
  load: (id) => (id === '\0http.cjs' ? "module.exports = process.getBuiltinModule('node:http');" : null),
};

/**
 * One letter beyond ASCII makes V8 keep two bytes for each letter of the file. An escape says the same in strings, templates
 * and expressions, also in raw templates that become expressions.
 */
const ascii = {
  name: 'ascii',
  generateBundle(_, files) {
    for (const file of Object.values(files)) if (file.type === 'chunk') file.code = inAscii(file.code);
  },
};

function inAscii(code) {
  if (/(?<!\\)(?:\\\\)*\\[^\0-\x7f]/.test(code)) throw new Error('A letter beyond ASCII comes after a backslash.');
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const bundle = await rolldown({
  input: join(root, 'packages/server/src/start.ts'),
  platform: 'node',
  external: [...withFiles, 'pg-native'],
  plugins: [places, http, ascii],
  // Warnings are about packages, which are not ours to mend.
  logLevel: 'silent',
});
await bundle.write({
  dir: folder,
  cleanDir: true,
  entryFileNames: '[name].mjs',
  chunkFileNames: '[name].mjs',
  // What several files take stays out of the one that starts.
  codeSplitting: { groups: [{ name: 'http', test: /^\0http/ }] },
  comments: false,
  // Some packages go by the names of their classes, and whoever reads a stack by those of functions.
  keepNames: true,
});
