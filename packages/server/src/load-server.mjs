import { hash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import Module, { createRequire, enableCompileCache, getCompileCacheDir } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { constants, Script } from 'node:vm';
import { serverFile } from '../../../scripts/bundled-server.mjs';
import { letOptimize } from './let-optimize.mjs';

/**
 * Loads the server. Its compiled code is kept between starts, which halves the time to the first answer. Node does that
 * too, and does for what is small; but it holds what it has read for as long as the process runs.
 * @returns the module, and what keeps what has been compiled by now
 */
export async function loadServer(named) {
  letOptimize(false);
  enableCompileCache();
  const file = named ?? serverFile();
  if (!file.endsWith('.cjs')) return { module: await import(pathToFileURL(file).href), keepCompiled() {} };
  // Its letters are all in ASCII.
  const source = readFileSync(file, 'latin1');
  const folder = getCompileCacheDir();
  const kept = folder && join(folder, `sesame-${hash('sha1', source)}`);
  const cachedData = kept && read(kept);
  const importModuleDynamically = constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;
  const script = new Script(source, { filename: file, cachedData, importModuleDynamically });
  const module = new Module(file);
  const require = createRequire(file);
  require.cache[file] = module;
  script.runInThisContext()(module.exports, require, file);
  const isKept = !kept || (cachedData && !script.cachedDataRejected);
  return { module: module.exports, keepCompiled: () => isKept || keep(kept, script.createCachedData()) };
}

function read(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** In one step, as several servers may start at once. What cannot be kept is compiled by the next start as well. */
function keep(file, compiled) {
  const part = `${file}.${process.pid}`;
  try {
    writeFileSync(part, compiled, { mode: 0o600 });
    renameSync(part, file);
  } catch {}
}
