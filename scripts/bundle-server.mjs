import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundledServer } from './bundled-server.mjs';
import { root } from './root.mjs';

// Puts the server and its packages into few files: to find, read and keep two thousand modules takes most of a start.
// Its argument is the folder that has Rolldown. See docs/decisions/0029-the-server-in-few-files.md.
const [tools = root] = process.argv.slice(2);
const { rolldown } = await import(pathToFileURL(join(tools, 'node_modules/rolldown/dist/index.mjs')).href);

const folder = dirname(join(root, bundledServer.file));

/** Fastify asks for them in tests, and where it is given no compilers of schemas. */
const unasked = ['@fastify/ajv-compiler', '@fastify/fast-json-stringify-compiler', 'light-my-request'];

/** Large, and what few servers ask for: files of their own, read when one of these functions is called for the first time. */
const seldom = {
  glob: ['glob'],
  'html-to-text': ['compile'],
  'node:http2': ['createServer', 'createSecureServer'],
  nodemailer: ['createTransport'],
  postcss: ['parse'],
  yaml: ['parse', 'stringify'],
};

const meta =
  /new URL\('\.\/([\w-]+-thread)\.ts', import\.meta\.url\)|import\.meta\.(?:(url|dirname)|resolve\('([^']+)'\))/g;

/**
 * What a module finds by its own place (translations, guides) it goes on finding there. Threads, which would load the type
 * stripper and its 17 MB to start from their sources, are made with the server, and found beside it.
 */
const places = {
  name: 'places',
  async transform(code, file) {
    if (!/import\.meta\.|\b__dirname\b/.test(code)) return null;
    const pathTo = (path) => JSON.stringify(relative(folder, path).replaceAll('\\', '/'));
    const placeFrom = (path) => `new URL(${pathTo(path)}, import.meta.url)`;
    const found = new Map();
    for (const [, , , id] of code.matchAll(meta)) if (id) found.set(id, (await this.resolve(id, file)).id);
    const ownFolder = `require('node:path').resolve(__filename, '..', ${pathTo(dirname(file))})`;
    return code.replaceAll(/\b__dirname\b/g, ownFolder).replaceAll(meta, (_, thread, asked, id) => {
      if (id) return `${placeFrom(found.get(id))}.href`;
      if (asked === 'url') return `${placeFrom(file)}.href`;
      if (asked) return `process.getBuiltinModule('node:url').fileURLToPath(${placeFrom(dirname(file))})`;
      threads.add(join(dirname(file), `${thread}.ts`));
      return `new URL("./${thread}.cjs", import.meta.url)`;
    });
  },
};

/** Files that start threads, by their sources. */
const threads = new Set();

/** Where the packages are that are asked for seldom. */
const placeOf = new Map();

const later = {
  name: 'later',
  async resolveId(id, importer) {
    if (importer?.startsWith('\0later:')) return { id, external: true };
    if (importer === undefined || !Object.hasOwn(seldom, id)) return null;
    if (!id.startsWith('node:')) placeOf.set(id, (await this.resolve(id, importer, { skipSelf: true })).id);
    return `\0later:${id}`;
  },
  load(module) {
    const [, id] = /^\0later:(.*)$/.exec(module) ?? [];
    if (id === undefined) return null;
    const place = placeOf.get(id);
    if (place) this.emitFile({ type: 'chunk', id: place, fileName: `${id}.cjs` });
    const file = JSON.stringify(place ? `./${id}.cjs` : id);
    return seldom[id].map((name) => `exports.${name} = (...given) => require(${file}).${name}(...given);`).join('\n');
  },
};

/** Formats of numbers and lists are in 5 MB of the data of ICU. What is made when it is used is not made in most servers. */
const lists = {
  name: 'lists',
  transform: (code) =>
    code.includes('= new Intl.ListFormat(')
      ? code.replace(/= (new Intl\.ListFormat\([^)]*\));/g, '= { format: (list) => $1.format(list) };')
      : null,
};

/** Packages bring the same table in several versions; the newest has what the others have. */
const oneTable = {
  name: 'one table',
  resolveId(id, importer) {
    return id === 'mime-types' && importer ? join(root, 'node_modules/mime-types/index.js') : null;
  },
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

/** What starts is loaded as a function; see packages/server/src/load-server.mjs. */
const asFunction = {
  name: 'as a function',
  generateBundle(_, { 'start.cjs': start }) {
    start.code = `(function (exports, require, __filename) {${start.code}})`;
  },
};

/**
 * What is imported of Node by name, beside the whole: found in the module itself, where Rolldown makes an object of
 * getters, which each use in a request would call.
 */
const builtins = {
  name: 'builtins',
  generateBundle(_, files) {
    for (const file of Object.values(files)) {
      if (file.type !== 'chunk') continue;
      file.code = file.code.replace(
        /^(node_\w+) = [\w.]*__toESM\(\1, 1\);$/gm,
        '$1 = Object.create($1, { default: { value: $1 } });',
      );
    }
  },
};

await write(join(root, 'packages/server/src/start.ts'), folder, [asFunction]);
// By themselves: what they share with the server would be a file of its own, from which each use goes through a getter.
await write([...threads], folder, []);

async function write(input, dir, plugins) {
  const bundle = await rolldown({
    input,
    platform: 'node',
    external: [...unasked, 'pg-native'],
    plugins: [places, later, lists, oneTable, ascii, builtins, ...plugins],
    // Warnings are about packages, which are not ours to mend.
    logLevel: 'silent',
  });
  const isStart = typeof input === 'string';
  await bundle.write({
    dir,
    cleanDir: isStart,
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: isStart ? '[name].cjs' : 'of-threads-[name].cjs',
    comments: false,
    // Some packages go by the names of their classes, and whoever reads a stack by those of functions.
    keepNames: true,
  });
}
